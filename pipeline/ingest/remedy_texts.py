"""The texts of remedies in Finnish: what a person can do about a finding. {} stands for what differs."""

from __future__ import annotations

from typing import Final

FIXES: Final[tuple[tuple[str, str], ...]] = (
    (
        "add the spelling to 'aliases' in registers/events.csv, or correct the cell",
        "lisää kirjoitusasu sarakkeeseen aliases tiedostoon registers/events.csv tai korjaa solu (set)",
    ),
    (
        "write the event_id instead of the name, or give the events different names",
        "kirjoita nimen sijasta event_id (set) tai anna tapahtumille eri nimet",
    ),
    (
        "nothing, if it was a trial; else change the comment",
        "ei mitään, jos oli testi (drop kuittaa); muuten hyväksy (accept)",
    ),
    (
        "a separator within an answer has moved its cells: put that answer in quotation marks",
        "vastauksessa oleva erotin on siirtänyt soluja: lisää vastauksen ympärille lainausmerkit",
    ),
    (
        "a separator within a cell has moved the cells after it: put that cell in quotation marks",
        "solussa oleva erotin on siirtänyt soluja: lisää solun ympärille lainausmerkit",
    ),
    (
        "a line break within an answer has cut the row: mend it, or accept the row if its last cells are empty",
        "vastauksessa oleva rivinvaihto on katkaissut rivin: korjaa se, tai hyväksy rivi (accept), jos loppu on tyhjä",
    ),
    (
        "look whether it is somebody; else drop it, and look whether those below it came",
        "katso, onko se henkilö; muuten pudota (drop) ja tarkista, tulivatko sen alla olevat",
    ),
    (
        "look whether they came; else drop them, or write 'poissa' as the heading",
        "tarkista, tulivatko he; muuten pudota rivit (drop) tai kirjoita väliotsikoksi \"poissa\"",
    ),
    (
        "look whether these rows count; on a list, drop who did not come",
        "katso, kuuluvatko rivit mukaan; pudota (drop) luettelosta se, joka ei tullut",
    ),
    ("fill in the name, or delete the row", "täydennä nimi (set) tai pudota rivi (drop)"),
    ("nothing to do if that is right", "ei mitään, jos näin on"),
    (
        "if they came, write 'läsnä olleet' in the title",
        "jos he olivat paikalla, kirjoita otsikkoon \"läsnä olleet\"",
    ),
    (
        "delete the identity codes from the file (the whole column, if it is one), in every copy of it",
        "poista henkilötunnukset tiedostosta (koko sarake, jos sellainen on) ja sen kaikista kopioista",
    ),
    (
        "delete the row from the file as received, in every copy of it",
        "poista rivi alkuperäisestä tiedostosta ja sen kaikista kopioista",
    ),
    (
        "look up the paper forms and correct the number or the answers",
        "katso paperilomakkeista ja korjaa numero tai vastaukset (set), tai hyväksy (accept)",
    ),
    (
        "drop the row that is wrong, or accept this one, in corrections.csv",
        "pudota väärä rivi (drop) tai hyväksy tämä (accept) tiedostossa corrections.csv",
    ),
    (
        "correct the cell, or add the spelling to 'aliases' of the option in the instrument",
        "korjaa solu (set) tai lisää kirjoitusasu lomakkeen vaihtoehdon sarakkeeseen aliases",
    ),
    ("correct the times", "korjaa kellonajat (set)"),
    (
        "the file is damaged or in an unusual encoding: export it again as 'CSV UTF-8'",
        "tiedosto on vioittunut tai outoa merkistöä: vie se uudelleen muodossa CSV UTF-8",
    ),
    ("look whether the year is right; else correct the cell", "katso, onko vuosi oikein; muuten korjaa solu (set)"),
    ("correct the cell", "korjaa solu (set)"),
    (
        "add its header to 'aliases' of the question in the instrument, or leave it if it is not wanted",
        "lisää otsikko lomakkeen kysymyksen sarakkeeseen aliases, tai jätä se, jos sitä ei tarvita",
    ),
    ("rename the column", "nimeä sarake uudelleen"),
    ("delete or rename one", "poista tai nimeä toinen uudelleen"),
    (
        "nothing, if it may stay in the file as received; else delete it there",
        "ei mitään, jos se saa jäädä alkuperäiseen tiedostoon; muuten poista se siitä",
    ),
    ("nothing to do", "ei tehtävää"),
    (
        "say in raw/coding/people.csv whether they are one person, or give both rows the same contact details",
        "kirjaa tiedostoon raw/coding/people.csv, onko kyseessä sama henkilö",
    ),
    ("nothing, or give the rows contact details", "ei mitään, tai täydennä yhteystiedot"),
    ("look whether this is the right event", "tarkista, onko tapahtuma oikea"),
    ("look whether the dates are right", "tarkista päivät"),
    ("look whether the times are right", "tarkista kellonajat"),
    ("if they are thousands, write them without the mark", "jos ne ovat tuhansia, kirjoita ne ilman merkkiä"),
    (
        "if it is one, give the question a constraint in the instrument, or empty the cells",
        "jos se on koodi, anna kysymykselle rajat lomakkeen sarakkeessa constraint, tai tyhjennä solut (set)",
    ),
    (
        "to keep them, add a text question to the instrument with this column's header as alias",
        "jos haluat ne talteen, lisää lomakkeeseen avoin kysymys ja tämän sarakkeen otsikko sen sarakkeeseen aliases",
    ),
    ("look whether the texts are right", "tarkista, näkyvätkö tekstit oikein"),
    ("correct 'match'", "korjaa kohta match"),
    (
        "add the headers as 'aliases' in the instrument, or move the file where it belongs",
        "lisää otsikot lomakkeen sarakkeeseen aliases tai siirrä tiedosto oikeaan kansioon",
    ),
    (
        "add the spellings of this file to 'aliases' of the options in the instrument",
        "lisää tiedoston kirjoitusasut lomakkeen vaihtoehtojen sarakkeeseen aliases",
    ),
    (
        "rename one of them in the instrument's aliases, or delete the copy",
        "muuta toista lomakkeen aliases-sarakkeessa tai poista kopio",
    ),
    (
        "give the column of names one of these headers, in a row of its own; delete a sheet that is no list",
        "anna nimisarakkeelle jokin näistä otsikoista, omalle rivilleen; poista taulukkosivu, joka ei ole luettelo",
    ),
    (
        "name the column 'läsnä', or its day such as '3.3.2018', if it says who came; else delete it",
        "jos sarake kertoo, ketkä tulivat, anna otsikoksi 'läsnä' tai päivä, esim. '3.3.2018'; muuten poista se",
    ),
    ("look whether that is so; else write the last name", "tarkista, onko näin; muuten kirjoita sukunimi"),
    (
        "if they came, add a column 'läsnä' with a mark for each",
        "jos he tulivat, lisää sarake 'läsnä' ja siihen kullekin merkki",
    ),
    (
        "write the event's name above the header, or add the spelling to 'aliases' in registers/events.csv",
        "kirjoita tapahtuman nimi otsikkorivin ylle tai lisää kirjoitusasu tiedostoon registers/events.csv (aliases)",
    ),
    (
        "add the event of that day to registers/events.csv, or write the action's name above the table",
        "lisää päivän tapahtuma tiedostoon registers/events.csv tai kirjoita toimenpiteen nimi taulukon ylle",
    ),
    (
        "copy 'expected' of the row from processed/quarantine.xlsx",
        "kopioi rivin 'expected' tiedostosta processed/quarantine.xlsx",
    ),
    (
        "copy check_1 and check_2 of the rows from processed/review_people.csv, or decide again",
        "kopioi rivien check_1 ja check_2 tiedostosta processed/review_people.csv, tai päätä uudelleen",
    ),
    (
        "put the second list below the first, or on a sheet of its own",
        "siirrä toinen luettelo ensimmäisen alle tai omalle välilehdelleen",
    ),
    ("move it to registers/, or delete the copy", "siirrä se kansioon registers/ tai poista kopio"),
    ("nothing to do if that is right; else accept", "ei mitään, jos niin on; muuten hyväksy (accept)"),
    (
        "accept to count them as one person, or drop",
        "hyväksy (accept), jos lasketaan yhdeksi henkilöksi, tai pudota (drop)",
    ),
    (
        "accept to count them as one person; or put a list with one name per row beside this one, and drop",
        "hyväksy (accept), jos lasketaan yhdeksi; tai tee luettelo, jossa on nimi per rivi, ja pudota (drop) tämä",
    ),
    (
        "look whether it is a person of the list already: then drop it",
        "katso, onko se joku luettelossa jo oleva: silloin pudota (drop) se",
    ),
    (
        "if the file is of one event, write it in project.toml: [[sources]] with match and event",
        "jos tiedosto on yhdestä tapahtumasta, kirjoita se tiedostoon project.toml: [[sources]], match ja event",
    ),
    (
        "nothing, unless it tells who somebody is or whether he came: then give it a usual header",
        "ei mitään, ellei sarake kerro, kuka joku on tai tuliko hän: silloin anna sille tavallinen otsikko",
    ),
    (
        "they are not counted; a list with a row per person counts them",
        "heitä ei lasketa; luettelo, jossa on rivi henkilöä kohden, laskee heidätkin",
    ),
    (
        "make a sheet per event of those who have a mark in its column",
        "tee tapahtumaa kohden välilehti niistä, joilla on merkki sen sarakkeessa",
    ),
    (
        "nothing to do if that is right; the rows below it may be of another event",
        "ei mitään, jos niin on; sen alla olevat rivit voivat olla toisesta tapahtumasta",
    ),
    ("put the tables on sheets of their own", "siirrä taulukot omille välilehdilleen"),
    ("put the lists on sheets of their own", "siirrä luettelot omille välilehdilleen"),
    ("export the responses as CSV", "vie vastaukset CSV-muodossa"),
    ("nothing, if the form was not filled in; else key it in", "ei mitään, jos lomaketta ei täytetty; muuten syötä se"),
    (
        "look whether this is the right event; else write it in project.toml: [[sources]] with match and event",
        "katso, onko tapahtuma oikea; muuten kirjoita se tiedostoon project.toml: [[sources]], match ja event",
    ),
    (
        "export the file again and put it here without opening it in a spreadsheet",
        "vie tiedosto uudelleen ja laita se tähän avaamatta sitä taulukkolaskennassa",
    ),
    ("look whether that is so", "katso, onko niin"),
    ("if it is the same file once more, delete one of them", "jos se on sama tiedosto toiseen kertaan, poista toinen"),
    ("if it is the same list once more, delete one of them", "jos se on sama lista toiseen kertaan, poista toinen"),
    ("rename the file or the sheet", "nimeä tiedosto tai välilehti uudelleen"),
    ("rename the file", "nimeä tiedosto uudelleen"),
    ("rename it", "nimeä se uudelleen"),
    ("export it again, or remove it", "vie tiedosto uudelleen tai poista se"),
    ("export it again as 'CSV UTF-8', or as xlsx", "vie tiedosto uudelleen muodossa CSV UTF-8 tai xlsx"),
    ("export the file again", "vie tiedosto uudelleen"),
    ("export it again", "vie tiedosto uudelleen"),
    ("copy or export it again", "kopioi tai vie tiedosto uudelleen"),
    ("export it as CSV", "vie tiedosto CSV-muodossa"),
    ("check the file", "tarkista tiedosto"),
    ("put the file itself here, or remove it", "laita tähän itse tiedosto tai poista tämä"),
    (
        "open it in the tool that made it and export it as xlsx or CSV",
        "avaa tiedosto ohjelmassa, jolla se on tehty, ja vie se muodossa xlsx tai CSV",
    ),
    ("open it in Excel or LibreOffice and save it as xlsx", "avaa Excelissä tai LibreOfficessa, tallenna muotoon xlsx"),
    ("open it in Word or LibreOffice and save it as docx", "avaa Wordissa tai LibreOfficessa ja tallenna muotoon docx"),
    ("open it in Numbers and export it as Excel", "avaa Numbersissa ja vie Excel-muodossa"),
    ("unpack it and put the files themselves here", "pura se ja laita tähän itse tiedostot"),
    (
        "ask for the table itself as xlsx or CSV, or key it into a sheet",
        "pyydä itse taulukko muodossa xlsx tai CSV, tai syötä tiedot taulukkoon",
    ),
    (
        "open it in Excel or LibreOffice, save it again without a password",
        "avaa Excelissä tai LibreOfficessa ja tallenna ilman salasanaa",
    ),
    (
        "delete unused sheets and formatted empty rows, or export as CSV",
        "poista turhat välilehdet ja muotoillut tyhjät rivit, tai vie CSV-muodossa",
    ),
    (
        'close it or double it (""), or export the file again as xlsx',
        'sulje se tai kahdenna se (""), tai vie tiedosto uudelleen xlsx-muodossa',
    ),
    (
        "press Ctrl+End in each sheet, delete the rows or columns of the stray cell, and save",
        "paina Ctrl+End jokaisella välilehdellä, poista eksyneen solun rivit tai sarakkeet ja tallenna",
    ),
    ("split it, or export fewer columns", "jaa tiedosto tai vie vähemmän sarakkeita"),
    ("write who coded: a letter or a number is enough", "kirjoita koodaaja: kirjain tai numero riittää"),
    (
        "correct the place, or code the answers anew from the comments table",
        "korjaa paikka tai koodaa vastaukset uudelleen taulukosta comments",
    ),
    ("code the answer of this place anew", "koodaa tämän kohdan vastaus uudelleen"),
    ("a date and a time", "päivä ja kellonaika"),
    ("nothing, if it is no answer", "ei mitään, jos se ei ole vastaus"),
    ("correct the header", "korjaa otsikko"),
    ("correct the value and save again", "korjaa arvo ja tallenna uudelleen"),
    ("deliver the .sas7bdat", "toimita tiedosto muodossa .sas7bdat"),
    ("export each into a file of its own", "vie kukin omaan tiedostoonsa"),
    ("export it again without a DOCTYPE", "vie tiedosto uudelleen ilman DOCTYPE-määrittelyä"),
    ("export the form's data as CSV", "vie lomakkeen vastaukset CSV-muodossa"),
    (
        "fetch it again with getSurveyAnswers or getSurveyQuestions",
        "hae tiedosto uudelleen (getSurveyAnswers tai getSurveyQuestions)",
    ),
    ("fetch the participants again", "hae osallistujat uudelleen"),
    (
        "look for a quotation mark that is not closed, or split the text; or export it again as xlsx",
        "etsi sulkematon lainausmerkki tai jaa teksti, tai vie tiedosto uudelleen xlsx-muodossa",
    ),
    (
        "export it with its usual separator and line breaks",
        "vie tiedosto tavallisella erottimella ja rivinvaihdoilla",
    ),
    ("name the column so", "nimeä sarake näin"),
    ("put the list into a table, or save it as xlsx", "laita luettelo taulukkoon tai tallenna se xlsx-muodossa"),
    (
        "run `python -m pipeline read FILE`, and send what it says to the maintainer",
        "aja `python -m pipeline read TIEDOSTO` ja lähetä tuloste ylläpitäjälle",
    ),
    ("save it again in SPSS, best as .sav", "tallenna uudelleen SPSS:ssä, mieluiten muodossa .sav"),
    ("save it again in Word", "tallenna uudelleen Wordissa"),
    ("save it again in Word as docx", "tallenna uudelleen Wordissa docx-muodossa"),
    ("save it again in {} with UTF-8", "tallenna uudelleen (ohjelma: {}), merkistönä UTF-8"),
    ("save it again in {}, or export it as CSV", "tallenna uudelleen (ohjelma: {}) tai vie CSV-muodossa"),
    ("save it as an Excel workbook (.xlsx)", "tallenna Excel-työkirjana (.xlsx)"),
    ("save the list by itself", "tallenna luettelo omaksi tiedostokseen"),
    (
        "put the answers themselves here; delete the sheet, or move the file elsewhere",
        "laita tähän vastaukset itse; poista taulukkosivu tai siirrä tiedosto muualle",
    ),
    (
        "nothing, if it is a remark or a heading; else correct its cells, or accept the row",
        "ei mitään, jos se on huomautus tai otsikko; muuten korjaa solut tai hyväksy rivi (accept)",
    ),
    (
        "look whether the dates are right; else write them as 2018-04-03",
        "katso, ovatko päivät oikein; muuten kirjoita ne muodossa 2018-04-03",
    ),
    ("wait, and run again", "odota ja aja uudelleen"),
    ("write the month and the year above the table", "kirjoita kuukausi ja vuosi taulukon ylle"),
)  # fmt: skip
