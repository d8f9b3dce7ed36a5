// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

namespace vigie::dossier {
namespace {

constexpr page_words french_words{
    .tag = "fr",
    .thousands = "\u202F",
    .decimal = ",",
    .zero_is_one = true,
    .first_day = "1er",
    .from_on = "à partir du ",
    .until = "jusqu’au ",
    .before_percent = "\u202F",
    .colon = "\u00A0: ",
    .open_quote = "«\u00A0",
    .close_quote = "\u00A0»",
    .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
               "octobre", "novembre", "décembre"},
    .skip = "Aller aux énoncés",
    .counts_heading = "En bref",
    .overview_heading = "Vue d’ensemble",
    .years_heading = "Années",
    .undated_heading = "Sans date",
    .articles_heading = "Articles",
    .legend_heading = "Légende",
    .reading_heading = "Comment lire cette page",
    .statements = {"énoncé", "énoncés"},
    .articles = {"article", "articles"},
    .dated = "avec date",
    .undated = "sans date",
    .period = "Période couverte",
    .chart_by_month = "Énoncés datés par mois. Chacun compte au mois où commence ce qu’il date.",
    .chart_by_year = "Énoncés datés par année. Chacun compte à l’année où commence ce qu’il date.",
    .chart_by_years =
        "Énoncés datés par groupe d’années. Chacun compte là où commence ce qu’il date.",
    .empty_heading = "Aucun énoncé",
    .empty_text =
        "Les données reçues ne contiennent aucun énoncé. La page est complète ; elle est vide "
        "parce que rien n’a été trouvé, ou que rien n’a passé les étapes précédentes.",
    .no_text = "La phrase manque dans les données.",
    .cut_note = "Phrase coupée ; la suite est dans le fichier.",
    .agency = "agence ",
    .published = "publié le ",
    .bytes = "octets ",
    .link = "Lien permanent",
    .statement_number = "Énoncé ",
    .from_page = "date lue sur la page",
    .given = "date fournie à part",
    .figures = "Chiffres de l’énoncé",
    .reversed = "Dans les données, la fin précède le début.",
    .kept_value = "valeur",
    .unknown_basis = "base que cette page ne connaît pas",
    .undated_intro =
        "Ces énoncés ne donnent pas de jour, ou pas assez pour en donner un. Leurs mots sont "
        "gardés tels quels ; aucune date n’a été devinée.",
    .column_file = "Fichier",
    .column_title = "Titre",
    .column_publisher = "Éditeur",
    .column_published = "Publication",
    .column_statements = "Énoncés",
    .mark_figure = "chiffre",
    .mark_figure_meaning = "mots d’où vient un chiffre",
    .mark_date = "date",
    .mark_date_meaning = "mots d’où vient la date",
    .range_from = "de",
    .range_to = " à\u00A0",
    .bounds = {{{"lower", "au moins"}, {"upper", "au plus"}, {"approx", "environ"}}},
    .bases = {{{"explicit", "date explicite", "la phrase l’écrit, année comprise",
                "La date écrite est incomplète ou n’est pas un jour du calendrier."},
               {"year_from_publication", "année déduite", "année tirée de la date de publication",
                "Jour et mois sont écrits ; l’année, qui viendrait de la publication, n’est pas "
                "connue."},
               {"relative_to_publication", "date calculée", "comptée depuis la date de publication",
                "Se compte depuis la publication, dont la date n’est pas connue."},
               {"relative", "date relative", "relative à un moment que la phrase ne date pas",
                "Se compte depuis un moment qui n’est pas daté."},
               {"vague", "date vague", "des mots trop larges pour un jour",
                "Les mots sont trop larges pour un jour."},
               {"none", "sans date", "la phrase ne dit pas quand", "La phrase ne dit pas quand."}}},
    .reading = {"Chaque énoncé est une phrase citée de sa source, rangée à la date de ce qu’elle "
                "raconte, et "
                "non à celle de sa publication.",
                "L’étiquette sous la date dit sur quoi cette date repose ; le trait change avec la "
                "solidité : "
                "plein, tireté, pointillé.",
                "À côté de la phrase, ses chiffres sont remis en forme : même nombre, écrit en "
                "entier, avec sa "
                "borne et son unité.",
                "« Octets 4216–4526 » est la place de la phrase dans le fichier, comptée à partir "
                "de 0, fin non "
                "comprise.",
                "Un caractère invisible ou qui change le sens de lecture est montré par son code, "
                "comme <U+202E>."},
    .claim = "Un énoncé est une affirmation de sa source, pas un constat.",
    .more = {
        .claims = {"affirmation", "affirmations"},
        .incidents = {"incident", "incidents"},
        .heading = "Affirmations",
        .intro =
            "Qui a fait quoi à qui, où et quand, selon quelle source. Un même incident raconté "
            "deux fois est un incident et deux affirmations ; celles qui se contredisent sont "
            "montrées côte à côte, aucune n’est corrigée.",
        .not_shown =
            "{n} autres affirmations ne sont pas sur cette page, qui serait trop lourde pour un "
            "navigateur. Filtrez les lignes avant cette étape, ou donnez un max_claims plus grand.",
        .link = "Lien permanent",
        .claim_number = "Affirmation ",
        .yes = "mesurable",
        .no = "non mesurable",
        .measurable_note = "si des mesures pourraient la confirmer ou la contredire",
        .chart_heading = "Affirmations dans le temps",
        .chart_caption =
            "Une ligne par type. Chaque trait va du premier au dernier jour de ce qui est "
            "affirmé ; le même contenu est dans le tableau.",
        .chart_undated = "Sans jour, et donc pas dessinées : ",
        .other_lanes = "autres",
        .number = "№",
        .day = "Jour",
        .incident = "Incident",
        .type = "Type",
        .actor = "Acteur",
        .target = "Cible",
        .place = "Lieu",
        .modality = "Modalité",
        .source = "Source",
        .according_to = "selon ",
        .contradicts = "contredit ",
        .repeats = "reprend mot pour mot ",
        .unknown = "—",
        .filter = "Filtrer les affirmations",
        .any = "tout",
        .text = "Texte",
        .from = "À partir du",
        .to = "Jusqu’au",
        .reset = "Tout montrer",
        .shown = "{n} sur {all} affichées",
        .sort_by = "Trier par ",
        .texts_heading = "Textes des articles",
        .texts_intro =
            "Ce qui a été lu de chaque page. Les passages cités plus haut sont soulignés à "
            "leur place ; ce qui a été écarté est gris, avec la raison.",
        .text_of = "Texte de ",
        .residue = "Écarté",
        .residue_inline = "écarté",
        .comments = "Commentaires de lecteurs",
        .comments_note =
            "Moins fiables que l’article. Les pseudonymes sont remplacés par des numéros, "
            "les mêmes dans toute cette page.",
        .reader = "lecteur ",
        .cited_by = "cité par ",
        .left_out = "passages non cités ne sont pas montrés ; ils sont dans le fichier.",
        .no_place = "sans place connue",
        .own_use =
            "Pour votre usage propre. Cette page contient des textes entiers, qui appartiennent "
            "à leurs auteurs ; ne la publiez pas.",
        .own_use_short = "usage propre",
        .cut_note = "Passage coupé ; la suite est dans le fichier.",
        .no_shown_text = "texte non montré",
        .pieces = {"passage", "passages"},
        .types = {{{"block", "blocage"},
                   {"unblock", "déblocage"},
                   {"throttling", "ralentissement"},
                   {"shutdown", "coupure d’Internet"},
                   {"service_cutoff", "coupure de service"},
                   {"interception", "interception"},
                   {"exposure", "données exposées"},
                   {"data_leak", "fuite de données"},
                   {"replication", "copie de données"},
                   {"botnet_control", "contrôle de machines"},
                   {"ddos", "attaque par déni de service"},
                   {"intrusion", "intrusion"},
                   {"surveillance", "surveillance"},
                   {"law", "loi ou obligation"},
                   {"surveillance_obligation", "obligation de surveillance"},
                   {"diplomatic_meeting", "rencontre officielle"},
                   {"planned_visit", "visite prévue"},
                   {"agreement_to_meet", "accord"},
                   {"suspension", "suspension"},
                   {"accusation", "accusation"},
                   {"denial", "démenti"},
                   {"demand", "demande"},
                   {"threat", "menace"},
                   {"indictment", "mise en accusation"},
                   {"custody", "détention"},
                   {"arrest", "arrestation"},
                   {"fine", "amende"},
                   {"appointment", "nomination"},
                   {"product_launch", "lancement de produit"},
                   {"no_comment", "absence de commentaire"},
                   {"killing_operation", "opération meurtrière"},
                   {"disclosure_limit", "refus de publier"},
                   {"sanction", "sanction"},
                   {"removal", "retrait"}}},
        .modalities = {{{"asserted", "affirmé"},
                        {"reported", "rapporté"},
                        {"quoted", "cité"},
                        {"alleged", "allégué"},
                        {"denied", "démenti"},
                        {"planned", "prévu"},
                        {"conditional", "conditionnel"},
                        {"possible", "possible"}}}}};

} // namespace

const page_words& french() { return french_words; }

} // namespace vigie::dossier
