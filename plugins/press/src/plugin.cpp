// SPDX-License-Identifier: Apache-2.0
// The plugin `press`: from saved pages to dated statements.
#include "drop_copies.hpp"
#include "find_statements.hpp"
#include "fingerprint_pages.hpp"
#include "list_copies.hpp"
#include "make_claims.hpp"
#include "read_article.hpp"
#include "tell_language.hpp"

VIGIE_PLUGIN("press", "0.1.0", "Saved press pages: articles, languages, dated statements.",
             "Apache-2.0", vigie::press::article_of_page, vigie::press::claims_of_pages,
             vigie::press::copies_of_texts, vigie::press::dedup_of_texts,
             vigie::press::fingerprints_of_text, vigie::press::language_of_text,
             vigie::press::statements_of_page)
