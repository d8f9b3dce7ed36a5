// SPDX-License-Identifier: Apache-2.0
// Numbers whose noun, sign or scale the text says once and means twice, the short and the foreign
// forms of numbers, and what looks like them.
#include "told_rows.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

const std::vector<test::told_row> english_rows{
    {"Police took 26 servers and 118 were unplugged.", "exact 26 servers;exact 118 servers"},
    {"Togo counted seven outages while Benin had 4.", "exact 7 shutdowns;exact 4 shutdowns"},
    {"Togo leads with 14 outages, followed by Benin with 11.",
     "exact 14 shutdowns;exact 11 shutdowns"},
    {"The ring wants 3 million dollars: 2 million for the key and 1 million for silence.",
     "exact 3000000 dollars;exact 2000000 dollars;exact 1000000 dollars"},
    {"Outages in Togo fell from 61 in 2017 to 19 in 2018.",
     "exact 61 shutdowns;exact 19 shutdowns"},
    {"The number of closed forums rose by 12% from 205 in 2017 to 230 in 2018.",
     "exact 12 percent;exact 205 sites;exact 230 sites"},
    {"The app grew from 2 million users to 7.", "exact 2000000 persons;exact 7000000 persons"},
    // A number that stands for nothing counted before stays none.
    {"Police took 26 servers, and 2018 was worse.", "exact 26 servers"},
    {"Police took 26 servers and Windows 8 was blamed.", "exact 26 servers"},
    {"The repair cost 3 million dollars and 118 were held.", "exact 3000000 dollars"},
    {"Speeds fell 40 percent and 118 were held.", "exact 40 percent"},
    {"It closed 40 forums at 6.", "exact 40 sites"},
    {"It closed 40 forums under rule 12.", "exact 40 sites"},
    {"Traffic fell 40 percent and 3 million were cut off.", "exact 40 percent;exact 3000000"},
    {"The firm moved from 3 million users to 5 offices.", "exact 3000000 persons;exact 5 places"},
    {"The visitors won from 3 to 1.", ""},
    // Short scales, and what they are not.
    {"Some 91m users were listed.", "approx 91000000 persons"},
    {"It met 12m requests per second.", ""},
    {"The 30m phone mast fell.", ""},
    // The noun behind names that are joined.
    {"It lists 4 million Orange and Moov subscribers.", "exact 4000000 persons"},
    {"It lists 12 Orange and left.", ""},
    // Signs and percent.
    {"A fine of €20-€35 million.", "range 20000000-35000000 euros"},
    {"A fine of €20 million - €35 million.", "range 20000000-35000000 euros"},
    {"Prices rose 9pc.", "exact 9 percent"},
    {"They seized 12 PCs.", "exact 12 hosts"},
    // The bound of one number is not that of another.
    {"It closed 40 forums and more than 300 pages.", "exact 40 sites;lower 300 sites"},
    {"It closed 40 forums and more.", "lower 40 sites"},
    {"At least another 40 kiosks were burnt.", "lower 40 (kiosks)"},
    {"More than a further 20 kiosks closed.", "lower 20 (kiosks)"},
    {"Nearly all 40 kiosks closed.", "approx 40 (kiosks)"},
    {"Over the 40 kiosks smoke hung.", "exact 40 (kiosks)"},
    {"An estimated 12,000 to 15,000 kiosks closed.", "range 12000-15000 (kiosks)"},
    {"They won 2 to 1 by luck.", ""},
    {"It hit 1 in 10 homes.", ""},
    {"It hit 12 homes in 5 towns.", "exact 12 places;exact 5 places"},
    // Groups as other languages write them.
    {"It lists 2.077 servers.", "exact 2077 servers"},
    {"It weighs 2.077 tonnes.", "exact 2.077 tonnes"},
    {"It lists 0.125 servers.", "exact 0.125 servers"},
    {"He served three years and a half.", "exact 3.5 years"},
    {"The big four makers met.", ""},
    {"The other nine sites are abroad.", ""},
    {"A woman of 34 years was held.", ""},
    {"Togo saw 12 instances of internet shutdown.", "exact 12 shutdowns"},
    // What is compared is counted in front of where it is.
    {"The group counted 31 outages in 14 countries, against 22 in 2018.",
     "exact 31 shutdowns;exact 14 places;exact 22 shutdowns"},
    {"The group saw 31 outages in 14 countries, nine of them islands.",
     "exact 31 shutdowns;exact 14 places;exact 9 places"},
    // The noun is said once, what follows it twice.
    {"The police took 31 servers from one hall and 12 from a barn.",
     "exact 31 servers;exact 12 servers"},
    {"It lists 31,200 addresses on the first day, 44,700 after a week.",
     "exact 31200 addresses;exact 44700 addresses"},
    {"It closed 40 forums under rules 3 and 5 of the code.", "exact 40 sites"},
    {"It closed 40 forums at 6 and 9 in the evening.", "exact 40 sites"},
    {"It closed 40 forums, 3 by lot.", "exact 40 sites"},
    {"The firm sold 2 tonnes and 3 in a year.", "exact 2 tonnes"},
    {"At least nine people were hurt, the nurses say; two, the ministry says.",
     "lower 9 persons;exact 2 persons"},
    {"At least nine people were hurt in ward 4; room 2, the ministry says.", "lower 9 persons"},
    // A part without a noun.
    {"They copied the cards of 31,200 people; of 12,000 they had the code.",
     "exact 31200 persons;exact 12000 persons"},
    {"Of 62 carriers asked by the ministry, four answered.",
     "exact 62 organisations;exact 4 organisations"},
    {"Of 62 carriers asked in June, as every year, four ministers knew.",
     "exact 62 organisations;exact 4 persons"},
    // The head of a compound.
    {"Police held 12 customs officers.", "exact 12 persons"},
    {"It lost the keys of two SMS gateways.", "exact 2 services"},
    {"It read 12 SMS a day.", "exact 12 messages"},
    {"It speaks for 300 journalists' unions.", "exact 300 organisations"},
    {"It has 12 kiosks and servers.", "exact 12 (kiosks)"},
    // A verb is no label.
    {"They asked Mali to release two technicians.", "exact 2 persons"},
    {"They will build three towers.", "exact 3 towers"},
    {"Release two works.", ""},
    {"Phase two trials begin.", ""},
    // The limit of one is that of the other.
    {"Fines can reach 4% of turnover or €20m.", "upper 4 percent;upper 20000000 euros"},
    {"More than 40 forums, or 12 percent, closed.", "lower 40 sites;exact 12 percent"},
    {"It closed more than 40 forums and 12 shops.", "lower 40 sites;exact 12 organisations"},
};

const std::vector<test::told_row> french_rows{
    {"Vingt-six serveurs ont été saisis et 118 ont été débranchés.",
     "exact 26 servers;exact 118 servers"},
    {"Sur 187 coupures notées, 84 ont eu lieu au Togo, dont 49 à Lomé.",
     "exact 187 shutdowns;exact 84 shutdowns;exact 49 shutdowns"},
    {"Le Bénin a noté 14 coupures, le Togo en compte 11.", "exact 14 shutdowns;exact 11 shutdowns"},
    {"Ils veulent 3 millions d'euros (2 millions pour la clé et un million pour se taire).",
     "exact 3000000 euros;exact 2000000 euros;exact 1000000 euros"},
    {"Les coupures au Togo sont passées de 61 en 2017 à 19 en 2018.",
     "exact 61 shutdowns;exact 19 shutdowns"},
    {"L'application est passée de 2 millions d'abonnés à 7.",
     "exact 2000000 persons;exact 7000000 persons"},
    {"La panne a coûté 3 millions d'euros et 118 ont été arrêtés.", "exact 3000000 euros"},
    {"Le débit a baissé de 40 % et 118 ont protesté.", "exact 40 percent"},
    {"Vingt-six serveurs ont été saisis et Windows 8 est en cause.", "exact 26 servers"},
    {"Quelque 3 M d'abonnés sont touchés.", "approx 3000000 persons"},
    {"Un mur de 30 m de pierres est tombé.", ""},
    {"Une fuite touche 2,5 millions de Togolais.", "exact 2500000 persons"},
    {"Il a fermé 40 forums et plus de 300 pages.", "exact 40 sites;lower 300 sites"},
    {"Il a fermé 40 forums et plus.", "lower 40 sites"},
    {"Plus de 46,000 entreprises y passent.", "lower 46000 organisations"},
    {"Il pèse 2,077 tonnes.", "exact 2.077 tonnes"},
    {"Il a pris cinq ans et demi de prison.", "exact 5.5 years"},
    {"Une jeune femme turque de 34 ans est détenue.", ""},
    {"Deux adolescents de 16 et 17 ans sont détenus.", "exact 2 persons"},
    {"Une peine de 22 ans est requise.", "exact 22 years"},
    {"Le guichet ouvre 24h/24 et 7j/7.", ""},
    {"Presque tous les 40 kiosques ont fermé.", "approx 40 (kiosques)"},
    {"Environ 12 000 à 15 000 kiosques ont fermé.", "range 12000-15000 (kiosques)"},
    {"L'accès a été coupé à sept reprises.", "exact 7 times"},
    {"Un pic de 3 millions de requêtes HTTP par seconde.", "exact 3000000 requests"},
    {"Le groupe a compté 31 coupures dans 14 pays, contre 22 en 2018.",
     "exact 31 shutdowns;exact 14 places;exact 22 shutdowns"},
    {"Le groupe a compté 31 coupures dans 14 pays, dont neuf en Asie.",
     "exact 31 shutdowns;exact 14 places;exact 9 shutdowns"},
    {"La police a pris 31 serveurs à Lomé et 12 à Cotonou.", "exact 31 servers;exact 12 servers"},
    {"On compte sept procès, dont cinq avec amende et deux avec sursis.",
     "exact 7 cases;exact 5 cases;exact 2 cases"},
    {"On compte 31 200 adresses le premier jour, 44 700 au bout d'une semaine.",
     "exact 31200 addresses;exact 44700 addresses"},
    {"Il a fermé 40 forums selon les articles 3 et 5 de la loi.", "exact 40 sites"},
    {"Il a vendu 2 tonnes et 3 en un an.", "exact 2 tonnes"},
    {"Au moins neuf habitants sont blessés, disent les infirmiers ; deux, dit le ministère.",
     "lower 9 persons;exact 2 persons"},
    {"Sur 62 opérateurs interrogés par le ministère, quatre seulement ont répondu.",
     "exact 62 organisations;exact 4 organisations"},
    {"Elle a livré au Mali deux kiosques.", "exact 2 (kiosques)"},
    {"Elle a livré Windows 10 et 8.", ""},
    {"L'amende peut atteindre 4 % du chiffre d'affaires ou 20 millions d'euros.",
     "upper 4 percent;upper 20000000 euros"},
    {"Le débit est limité à 128 kbit/s.", "exact 128 kilobits"},
    {"Plus de 40 forums, ou 12 %, ont fermé.", "lower 40 sites;exact 12 percent"},
};

} // namespace

TEST_CASE("what a number leaves unsaid in English") {
  test::check_figures(english_rows, english());
}

TEST_CASE("what a number leaves unsaid in French") { test::check_figures(french_rows, french()); }
