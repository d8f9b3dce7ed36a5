// SPDX-License-Identifier: Apache-2.0
// The plugin `press`: from saved pages to dated, sourced claims.
#include "claims/make_claims.hpp"
#include "copies/drop_copies.hpp"
#include "copies/find_copies.hpp"
#include "copies/fingerprint_pages.hpp"
#include "marks/find_dates.hpp"
#include "marks/find_entities.hpp"
#include "marks/find_events.hpp"
#include "marks/find_figures.hpp"
#include "marks/find_statements.hpp"
#include "readers/read_article.hpp"
#include "readers/read_html.hpp"
#include "readers/read_warc.hpp"
#include "readers/split_sentences.hpp"
#include "readers/tell_language.hpp"

VIGIE_PLUGIN("press", "0.1.0", "Saved press pages: articles, languages, dated statements, claims.",
             "Apache-2.0", vigie::press::article_of_page, vigie::press::language_of_text,
             vigie::press::sentences_of_page, vigie::press::dates_of_page,
             vigie::press::figures_of_page, vigie::press::entities_of_page,
             vigie::press::events_of_page, vigie::press::statements_of_page,
             vigie::press::read_html, vigie::press::read_warc, vigie::press::claims_of_pages,
             vigie::press::fingerprints_of_text, vigie::press::dedup_of_texts,
             vigie::press::copies_of_texts)
