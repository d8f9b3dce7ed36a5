// SPDX-License-Identifier: Apache-2.0
// The plugin `press`: from saved pages to dated, sourced claims.
#include "drop_copies.hpp"
#include "find_entities.hpp"
#include "find_events.hpp"
#include "find_statements.hpp"
#include "fingerprint_pages.hpp"
#include "list_copies.hpp"
#include "list_dates.hpp"
#include "list_figures.hpp"
#include "make_claims.hpp"
#include "read_article.hpp"
#include "read_html.hpp"
#include "read_warc.hpp"
#include "split_sentences.hpp"
#include "tell_language.hpp"

VIGIE_PLUGIN("press", "0.1.0", "Saved press pages: articles, languages, dated statements, claims.",
             "Apache-2.0", vigie::press::article_of_page, vigie::press::language_of_text,
             vigie::press::sentences_of_page, vigie::press::dates_of_page,
             vigie::press::figures_of_page, vigie::press::entities_of_page,
             vigie::press::events_of_page, vigie::press::statements_of_page,
             vigie::press::read_html, vigie::press::read_warc, vigie::press::claims_of_pages,
             vigie::press::fingerprints_of_text, vigie::press::dedup_of_texts,
             vigie::press::copies_of_texts)
