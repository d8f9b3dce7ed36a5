// SPDX-License-Identifier: Apache-2.0
// The plugin `press`: from saved pages to dated statements.
#include "find_entities.hpp"
#include "find_events.hpp"
#include "find_statements.hpp"
#include "list_dates.hpp"
#include "list_figures.hpp"
#include "read_article.hpp"
#include "split_sentences.hpp"
#include "tell_language.hpp"

VIGIE_PLUGIN("press", "0.1.0", "Saved press pages: articles, languages, dated statements.",
             "Apache-2.0", vigie::press::article_of_page, vigie::press::language_of_text,
             vigie::press::sentences_of_page, vigie::press::dates_of_page,
             vigie::press::figures_of_page, vigie::press::entities_of_page,
             vigie::press::events_of_page, vigie::press::statements_of_page)
