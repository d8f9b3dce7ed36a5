// SPDX-License-Identifier: Apache-2.0
// Figures in the forms the press has for them, in both languages, and numbers that are none.
#include "told_rows.hpp"

using namespace vigie::press;
using vigie::press::test::english;
using vigie::press::test::french;

namespace {

const std::vector<test::told_row> english_rows{
    {"He handed over 60 books.", "exact 60 books"},
    {"They turned over 60 servers to the police.", "exact 60 servers"},
    {"He got over 60 books.", "lower 60 books"},
    {"He had handed back over 60 servers.", "lower 60 servers"},
    {"Two of the four servers failed.", "exact 2 servers;exact 4 servers"},
    {"They took two, and the four servers failed.", ""},
    {"Some 2.3 lakh candidates registered.", "approx 230000 persons"},
    {"The firm lost nearly ₹4 crore.", "approx 40000000 rupees"},
    {"The firm lost Rs 4.5 crore.", "exact 45000000 rupees"},
    {"About 12,34,567 users were hit.", "approx 1234567 persons"},
    {"It cost Rs 1,20,000.", "exact 120000 rupees"},
    {"A fine of Rs. 50 lakh was imposed.", "exact 5000000 rupees"},
    {"Two crore subscribers were cut off.", "exact 20000000 persons"},
    {"Losses run to $3m a day.", "exact 3000000 dollars"},
    {"Losses run to $3.5bn.", "exact 3500000000 dollars"},
    {"Losses run to £12k.", "exact 12000 pounds"},
    {"Losses of 40 million euros were named.", "exact 40000000 euros"},
    {"Losses of EUR 40 million were named.", "exact 40000000 euros"},
    {"A US$5 million fine.", "exact 5000000 dollars"},
    {"A fine of 300,000 roubles ($4,600).", "exact 300000 roubles;exact 4600 dollars"},
    {"A fine of ₽300,000 was set.", "exact 300000 roubles"},
    {"A fine of 5 billion naira.", "exact 5000000000 naira"},
    {"A fine of ₦5 billion.", "exact 5000000000 naira"},
    {"A fine of 200 million shillings.", "exact 200000000 shillings"},
    {"Two thirds of the operators complied.", ""},
    {"Half of the operators complied.", ""},
    {"A third of users were cut off.", ""},
    {"Three quarters of the networks fell.", ""},
    {"Traffic fell 83% on Monday.", "exact 83 percent"},
    {"Traffic fell by 83 per cent.", "exact 83 percent"},
    {"Traffic rose from 12 to 15 percent.", "exact 12 percent;exact 15 percent"},
    {"Its share fell 3.2 percentage points.", "exact 3.2 percentage_points"},
    {"Between 10% and 20% of users were hit.", "range 10-20 percent"},
    {"Between 1.1 million and 1.4 million people were hit.", "range 1100000-1400000 persons"},
    {"It put the number of people affected at between 1.1 million and 1.4 million.",
     "range 1100000-1400000 persons"},
    {"It put the number of victims at 300.", "exact 300 persons"},
    {"How many accounts were there? At least 300.", "lower 300 accounts"},
    {"The ballot was 312 votes to 104.", "exact 312 votes;exact 104 votes"},
    {"From 20 to 30 sites were blocked.", "exact 20 sites;exact 30 sites"},
    {"10 to 20 sites were blocked.", "range 10-20 sites"},
    {"10–20 sites were blocked.", "range 10-20 sites"},
    {"20 or 30 sites were blocked.", "range 20-30 sites"},
    {"A database of 118GB was open.", "exact 118 gigabytes"},
    {"A database of 1.5 TB was open.", "exact 1.5 terabytes"},
    {"The flood reached 620 Gbps.", "exact 620 gigabits"},
    {"Speeds fell to 64 kilobits per second.", "exact 64 kilobits"},
    {"Speeds fell to 2 Mbit/s.", "exact 2 megabits"},
    {"Speeds fell to 2 Mbps.", "exact 2 megabits"},
    {"It answered on port 9200.", ""},
    {"It answered on port 8080/tcp.", ""},
    {"It listens at 10.20.30.40:8080.", ""},
    {"They block 10.0.0.0/8 there.", ""},
    {"It runs version 5.4.12 there.", ""},
    {"It runs TLS 1.2 there.", ""},
    {"It runs Apache 2.4 there.", ""},
    {"Call +44 20 7946 0018 now.", ""},
    {"Call (020) 7946 0018 now.", ""},
    {"Call 1-800-555-0199 now.", ""},
    {"Under Law No. 149-FZ sites are closed.", ""},
    {"Under Law 25 sites are closed.", ""},
    {"Under Federal Law 149 sites are closed.", ""},
    {"Section 69A of the act applies.", ""},
    {"Articles 10 and 19 apply.", ""},
    {"Case No. 2:19-cv-00412 was filed.", ""},
    {"Case 1342/2019 was filed.", ""},
    {"CVE-2019-0708 was used.", ""},
    {"The man, 34, was held.", ""},
    {"Ivan Petrov, 34, was held.", ""},
    {"The 34-year-old was held.", ""},
    {"A 34-year-old engineer was held.", ""},
    {"He was aged 34.", ""},
    {"The home team won 3-1.", ""},
    {"The home team won 21 to 17.", ""},
    {"It stands at 55°45′N 37°37′E.", ""},
    {"It stands at 55.75 N, 37.61 E.", ""},
    {"At 20.15 GMT arrests were counted.", ""},
    {"20.15 GMT Regulator blames vandals", ""},
    {"At 9:30 it went down.", ""},
    {"1. Sites were blocked.", ""},
    {"2) Sites were blocked.", ""},
    {"A 4,096-bit RSA key is used.", ""},
    {"The RSA-2048 key is used.", ""},
    {"They use SHA-256 and AES-128.", ""},
    {"The B-52 and the G20 met.", ""},
    {"The Group of 20 met.", ""},
    {"In top 10 lists it fell.", ""},
    {"The 7.0-magnitude quake hit.", ""},
    {"Nineteen groups signed.", "exact 19 organisations"},
    {"Police counted 16 people injured and 41 arrested.", "exact 16 persons;exact 41 persons"},
    {"It had run 1,340 tests on lines.", "exact 1340 tests"},
    {"Ten of the 40 sites are back.", "exact 10 sites;exact 40 sites"},
    {"Of 40 sites, 10 are back.", "exact 40 sites;exact 10 sites"},
    {"There were 292. Forty of them hit a whole region.", ""},
    {"Hundreds of accounts were closed.", ""},
    {"Tens of thousands of users were hit.", ""},
    {"Dozens of sites were closed.", ""},
    {"A dozen sites were closed.", "approx 12 sites"},
    {"Several hundred sites were closed.", ""},
    {"One in five users was hit.", ""},
    {"Two out of three users were hit.", ""},
    {"It is the 97th shutdown.", ""},
    {"For the third time sites fell.", ""},
    {"It was cut 97 times.", "exact 97 times"},
    {"He faces three years in prison.", "exact 3 years"},
    {"He was fined 1,000 yuan ($145) and held for 10 days.",
     "exact 1000 yuan;exact 145 dollars;exact 10 days"},
    {"More than 600 reporters cannot file.", "lower 600 persons"},
    {"Over 10,000+ sites were closed.", "lower 10000 sites"},
    {"10,000+ sites were closed.", "lower 10000 sites"},
    {"Some 0.5 percent of mail is lost.", "approx 0.5 percent"},
    {"The fine is 25 m long.", ""},
    {"A cheque for $25 M was sent.", "exact 25000000 dollars"},
    {"He lives at 12 May Street.", ""},
    {"The sum of ₹12,34,567 was lost.", "exact 1234567 rupees"},
    {"Codes 12,34 and 56 fit.", ""},
    {"Rates of $10 to $20 were paid.", "range 10-20 dollars"},
    {"Between $10 million and $20 million was paid.", "range 10000000-20000000 dollars"},
    {"From 10% to 20% of users left.", "exact 10 percent;exact 20 percent"},
    {"It rose from $3m to $5m.", "exact 3000000 dollars;exact 5000000 dollars"},
    {"A few thousand users left.", ""},
    {"Some two thousand users left.", "approx 2000 persons"},
    {"A few of the 300 users left.", "exact 300 persons"},
    {"The C++ 11 standard is old.", ""},
    {"Two of three operators left.", "exact 3 organisations"},
    {"Anna Lee, 34, and Ben Roy, 41, were held.", ""},
    {"He got three years, the court said.", "exact 3 years"},
    {"He got 3 years, the court said.", "exact 3 years"},
    {"Officials say 1.7 lakh people lost access.", "exact 170000 persons"},
    {"The outage cost ₹250 crore a day.", "exact 2500000000 rupees"},
    {"The company paid €1.2bn in fines.", "exact 1200000000 euros"},
    {"The breach exposed between 30 and 40 million records.", "range 30000000-40000000 records"},
    {"Roughly a third of the 9,400 routers were patched.", "exact 9400 hosts"},
    {"Of the 212 domains, 40 still resolve.", "exact 212 domains;exact 40 domains"},
    {"The vote was 54-46.", ""},
    {"Up to 3.5 million SIM cards may be void.", "upper 3500000 accounts"},
    {"The suspect, 27, lived in flat 14.", ""},
    {"Its share price fell 4.5 per cent to 212 pence.", "exact 4.5 percent;exact 212 pence"},
    {"About 60% to 70% of traffic vanished.", "range 60-70 percent"},
    {"Latency rose from 40 to 400 milliseconds.", "exact 40 milliseconds;exact 400 milliseconds"},
    {"In at least 14 of 31 provinces the net was down.", "lower 14 places;exact 31 places"},
    {"He was fined $250,000 and given 18 months.", "exact 250000 dollars;exact 18 months"},
    {"Fewer than half of the 80 servers answered.", "exact 80 servers"},
    {"She owns three phones and 2TB of photos.", "exact 3 hosts;exact 2 terabytes"},
    {"The 5.8-magnitude quake cut two cables.", "exact 2 cables"},
    {"They found 16,000 IPs on ports 22 and 23.", "exact 16000 addresses"},
    {"Route 66 and Highway 1 were closed.", ""},
    {"A 40,000-strong crowd gathered.", ""},
    {"One million euros was offered.", "exact 1000000 euros"},
    {"Twenty-three journalists have been charged under Article 301.", "exact 23 persons"},
    {"A dozen or so sites fell.", "approx 12 sites"},
};

const std::vector<test::told_row> french_rows{
    {"Deux des quatre serveurs sont tombés.", "exact 2 servers;exact 4 servers"},
    {"Ils en ont saisi deux, et les quatre serveurs sont tombés.", ""},
    {"Environ 12 lakh d'abonnés ont été coupés.", "approx 1200000 persons"},
    {"Les amendes pourront aller jusqu'à 25 M$.", "upper 25000000 dollars"},
    {"Une subvention de 1,5 M$ est versée.", "exact 1500000 dollars"},
    {"Une subvention de 1,5 M€ est versée.", "exact 1500000 euros"},
    {"Une subvention de 3 Md€ est versée.", "exact 3000000000 euros"},
    {"Une subvention de 12 k€ est versée.", "exact 12000 euros"},
    {"Une perte de 40 millions d'euros.", "exact 40000000 euros"},
    {"Une perte de 40 millions de francs CFA.", "exact 40000000 francs"},
    {"Une perte de 4000 $ par jour.", "exact 4000 dollars"},
    {"Une perte de 5 milliards de FCFA.", "exact 5000000000 francs"},
    {"Une perte de 300 000 roubles (4 600 dollars).", "exact 300000 roubles;exact 4600 dollars"},
    {"Les deux tiers des opérateurs ont obéi.", ""},
    {"Un tiers des opérateurs a obéi.", ""},
    {"La moitié des opérateurs a obéi.", ""},
    {"Les trois quarts des réseaux sont tombés.", ""},
    {"Le trafic a baissé de 83 %.", "exact 83 percent"},
    {"Le trafic a baissé de 83 pour cent.", "exact 83 percent"},
    {"Sa part a perdu 3,2 points de pourcentage.", "exact 3.2 percentage_points"},
    {"Entre 10 % et 20 % des usagers sont touchés.", "range 10-20 percent"},
    {"Entre 1,1 million et 1,4 million de personnes sont touchées.",
     "range 1100000-1400000 persons"},
    {"Le nombre de victimes est estimé entre 200 et 300.", "range 200-300 persons"},
    {"Le nombre de victimes s'élève à 300.", "exact 300 persons"},
    {"Il manque 10 ou 20 % du trafic.", "range 10-20 percent"},
    {"Le texte est passé par 312 voix contre 104.", "exact 312 votes;exact 104 votes"},
    {"De 20 à 30 sites ont été bloqués.", "exact 20 sites;exact 30 sites"},
    {"20 à 30 sites ont été bloqués.", "range 20-30 sites"},
    {"20-30 sites ont été bloqués.", "range 20-30 sites"},
    {"Une base de 118 Go était ouverte.", "exact 118 gigabytes"},
    {"Une base de 1,5 To était ouverte.", "exact 1.5 terabytes"},
    {"L'attaque a atteint 620 Gbit/s.", "exact 620 gigabits"},
    {"Le débit est tombé à 64 kbit/s.", "exact 64 kilobits"},
    {"Le débit est tombé à 2 mégabits par seconde.", "exact 2 megabits"},
    {"Il répondait sur le port 9200.", ""},
    {"Il écoute sur 10.20.30.40:8080.", ""},
    {"Il tourne sous la version 5.4.12 du noyau.", ""},
    {"Il parle TLS 1.2 partout.", ""},
    {"Appelez le +221 33 839 21 00.", ""},
    {"Appelez le 0 800 12 34 56.", ""},
    {"La loi 25 le veut.", ""},
    {"La loi n° 2018-898 le veut.", ""},
    {"La loi 149-FZ le veut.", ""},
    {"Les articles 10 et 19 le disent.", ""},
    {"L'affaire n° 1342/2019 est ouverte.", ""},
    {"La faille CVE-2019-0708 a servi.", ""},
    {"L'homme, 34 ans, est détenu.", ""},
    {"Ivan Petrov (34 ans) est détenu.", ""},
    {"Le club a gagné 3-1.", ""},
    {"Le club a gagné 3 à 1.", ""},
    {"Il est situé par 55°45′N 37°37′E.", ""},
    {"20h15 Le régulateur répond", ""},
    {"À 20 h 15 tout est tombé.", ""},
    {"1. Des sites ont été bloqués.", ""},
    {"2) Des sites ont été bloqués.", ""},
    {"Une clé RSA de 4 096 bits est utilisée.", "exact 4096 bits"},
    {"Les chiffres SHA-256 et AES-128 servent.", ""},
    {"Le G20 et le B-52 sont cités.", ""},
    {"Le groupe des Vingt s'est réuni.", ""},
    {"Un séisme de magnitude 7 a frappé.", ""},
    {"Deux cent quatre-vingt-douze coupures sont notées.", "exact 292 shutdowns"},
    {"Une quarantaine de coupures sont notées.", "approx 40 shutdowns"},
    {"890 000 skieurs sont touchés.", "exact 890000 persons"},
    {"Dix des 40 sites sont revenus.", "exact 10 sites;exact 40 sites"},
    {"Sur 40 sites, 10 sont revenus.", "exact 40 sites;exact 10 sites"},
    {"Des centaines de comptes sont fermés.", ""},
    {"Des dizaines de milliers d'usagers sont touchés.", ""},
    {"Une dizaine de sites sont fermés.", "approx 10 sites"},
    {"Plusieurs centaines de sites sont fermés.", ""},
    {"Un usager sur cinq est touché.", ""},
    {"C'est la 97e coupure.", ""},
    {"C'est la troisième fois.", ""},
    {"Il risque trois ans de prison.", "exact 3 years"},
    {"Il a payé 1 000 yuans (145 dollars).", "exact 1000 yuan;exact 145 dollars"},
    {"Plus de 600 journalistes attendent.", "lower 600 persons"},
    {"Le texte compte 37 pages.", "exact 37 sites"},
    {"Voir page 34, n° 214.", ""},
    {"Windows 11 et Android 9 sont touchés.", ""},
    {"Le réseau 4G couvre 23 cantons.", "exact 23 places"},
    {"Un pylône de 25 m est tombé.", ""},
    {"Un chèque de 25 M€ est parti.", "exact 25000000 euros"},
    {"Il a pris 3 ans, dit la cour.", "exact 3 years"},
    {"Anna Lee, 34 ans, et Ben Roy, 41 ans, sont détenus.", ""},
    {"De 10 % à 20 % des usagers partent.", "exact 10 percent;exact 20 percent"},
    {"Entre 10 M$ et 20 M$ ont été versés.", "range 10000000-20000000 dollars"},
    {"Quelques milliers d'usagers partent.", ""},
    {"Quelque 2 000 usagers partent.", "approx 2000 persons"},
    {"Le groupe de six hommes est jugé.", "exact 6 persons"},
    {"La police a arrêté 18 personnes.", "exact 18 persons"},
    {"Ils ont porté 563 pages en ligne.", "exact 563 sites"},
    {"L'amende atteint 1,2 Md€.", "exact 1200000000 euros"},
    {"La fuite touche 30 à 40 millions de comptes.", "range 30000000-40000000 accounts"},
    {"Sur les 212 domaines, 40 répondent encore.", "exact 212 domains;exact 40 domains"},
    {"Le suspect, 27 ans, habitait au 14, rue du Port.", ""},
    {"L'action a cédé 4,5 %.", "exact 4.5 percent"},
    {"Près de 60 à 70 % du trafic a disparu.", "range 60-70 percent"},
    {"La latence est passée de 40 à 400 millisecondes.",
     "exact 40 milliseconds;exact 400 milliseconds"},
    {"Dans au moins 14 des 31 provinces, le réseau est coupé.", "lower 14 places;exact 31 places"},
    {"Il devra payer 250 000 euros et purger 18 mois.", "exact 250000 euros;exact 18 months"},
    {"Moins de la moitié des 80 serveurs répondent.", "exact 80 servers"},
    {"Elle possède trois téléphones et 2 To de photos.", "exact 3 hosts;exact 2 terabytes"},
    {"Ils ont trouvé 16 000 adresses IP sur les ports 22 et 23.", "exact 16000 addresses"},
    {"L'autoroute A6 et la nationale 7 sont fermées.", ""},
    {"Un million d'euros est promis.", "exact 1000000 euros"},
    {"Vingt-trois journalistes sont poursuivis au titre de l'article 301.", "exact 23 persons"},
    {"Le réseau 5G ouvrira dans 12 villes.", "exact 12 places"},
    {"Il y avait une centaine de policiers.", "approx 100 persons"},
    {"Le match s'est joué à huis clos, 2-0.", ""},
    {"Le numéro vert 0800 123 456 est saturé.", ""},
};

// The figures of the second sentence.
std::string told_after(const std::string& first, const std::string& second, const lexicon& words) {
  counted_before before;
  const auto read = [&](const std::string& text) {
    const auto tokens = tokenize(text, {0, text.size()});
    if (!may_hold_number(text, tokens, words)) {
      pass_sentence(text, tokens, words, before);
      return std::string();
    }
    const auto taken = find_date_spans(text, tokens, words);
    return test::figures_told(find_figures(text, tokens, words, taken, before));
  };
  read(first);
  return read(second);
}

} // namespace

TEST_CASE("figures and what is none in English") { test::check_figures(english_rows, english()); }

TEST_CASE("figures and what is none in French") { test::check_figures(french_rows, french()); }

TEST_CASE("a figure may count what the sentence before counted") {
  CHECK(told_after("Police held 16 students.", "Nine of them are minors.", english()) ==
        "exact 9 persons");
  CHECK(told_after("How many outages did you count?", "Ninety-two.", english()) ==
        "exact 92 shutdowns");
  CHECK(told_after("Combien de coupures avez-vous comptées ?", "Quatre-vingt-douze en 2018.",
                   french()) == "exact 92 shutdowns");
  CHECK(told_after("On a noté 292 coupures.", "Une quarantaine d'entre elles ont duré.",
                   french()) == "approx 40 shutdowns");
  CHECK(told_after("Police held students.", "Nine of them are minors.", english()) ==
        "exact 9 persons");
  CHECK(told_after("Four applications failed.", "Two held.", english()) == "exact 2 services");
  CHECK(told_after("Quatre applications ont échoué.", "Deux avaient tenu.", french()) ==
        "exact 2 services");
  CHECK(told_after("Police held 16 students.", "A further 37 were released.", english()) ==
        "exact 37 persons");
  CHECK(told_after("Not all districts had to wait.", "The other 16 have lived without it.",
                   english()) == "exact 16 places");
  CHECK(told_after("The leak hit 8 million people for 4 days.",
                   "Of more than 1.9 million the thief had the passport.",
                   english()) == "lower 1900000 persons");
}

TEST_CASE("a number that the sentence before does not explain stays none") {
  CHECK(told_after("Police held students and nurses.", "Nine of them are minors.", english())
            .empty());
  CHECK(told_after("The kiosks sell to students.", "Nine of them are red.", english()).empty());
  CHECK(told_after("Police held 16 students.", "Two held out.", english()).empty());
  CHECK(told_after("It rose by 16 percent.", "A further 37 were released.", english()).empty());
  CHECK(told_after("Police held 16 students.", "The bus to town is 9.", english()).empty());
  CHECK(told_after("How many outages did you count?", "Ask me on page 9.", english()).empty());
  CHECK(told_after("How many outages did you count?", "Section 9 says it.", english()).empty());
  CHECK(told_after("Combien de coupures avez-vous comptées ?", "Article 9 de la loi.", french())
            .empty());
}
