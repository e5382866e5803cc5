"""The words the ladder of wording looks for, by language: causes, contributions, changes, and whose view it is."""

from __future__ import annotations

import re
from typing import Final


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")", re.IGNORECASE)


_DOERS_SV: Final = (
    r"(?:projekt|åtgärd|verksamhet|insats|evenemang|aktivitet|workshop|kurs|utbildning)\w*\s+(?:\w+\s+){0,3}?"
)
_DOERS_FI: Final = r"(?:hanke|projekti|toimenpide|toimenpiteet|tapahtuma|tapahtumat|toiminta)\s+(?:\w+\s+){0,2}?"
#: "improved skills" has an object, "skills improved clearly" has none: only the first names a doer.
_NO_OBJECT_EN: Final = (
    r"(?!(?:by|from|to|in|for|among|over|since|during|after|and|or|but|more|most|much|even|also|\w+ly)\b)"
)
#: Words that say one thing made another happen.
CAUSED: Final = {
    "fi": _any(
        r"aiheut(?:ti|taa|tivat|tanut|taneet|tamana|ui|unut)\w*",
        r"johti\w*",
        r"johta(?:a|nut|neet)\b",
        r"s(?:ai|aivat|aatiin) aikaan",
        r"saanut aikaan",
        r"vaikut(?:ti|tivat|taa|tavat|tanut|taneet|taneen|ettiin)\w*",
        r"vaikutu[sk](?!mahd)\w*",
        r"lisä(?:si|sivät|ä|ävät|nnyt|nneet|nneen|ttiin)\b",
        r"(?:paran|kohen)(?:si|sivat|taa|tavat|tanut|taneet|nettiin)\b",
        r"edist(?:i|ivät|ää|ävät|änyt|äneet|ettiin)\b",
        _DOERS_FI + r"(?:ant(?:oi|oivat|anut|aneet)|innost(?:i|ivat)|rohkais(?:i|ivat)|herätt(?:i|ivät))\b",
        _DOERS_FI + r"tek(?:i|ivät) \w+st[aä]\b",
        r"vahvist(?:i|ivat|aa|avat|anut|aneet|ettiin)\b",
        r"(?:kasvat|vähen)(?:ti|tivat|taa|tavat|si|sivät|tää|tävät|nyt|tänyt)\b",
        r"johtu\w+",
        r"ansiosta",
        r"seurauksena",
        r"johdosta",
    ),
    "sv": _any(
        r"orsak\w+",
        r"ledde till",
        r"lett till",
        r"leder till",
        r"medför\w+",
        r"resulter\w+ i",
        r"tack vare",
        r"på grund av",
        r"till följd av",
        r"som (?:en )?följd av",
        r"påverka\w*",
        r"effekte?n? av",
        r"åstadk\w+",
        _DOERS_SV + r"(?:öka|förbättra|stärk|minska|höj|inspirera|uppmuntra)\w*",
        _DOERS_SV + r"gav\b",
    ),
    "en": _any(
        r"caus(?:e|ed|es|ing)\b",
        r"led to",
        r"leads? to",
        r"result(?:s|ed)? in",
        r"brought about",
        r"because of",
        r"thanks to",
        r"due to",
        r"as a result of",
        r"(?:had|has|have) an? (?:\w+ )?(?:effect|impact) on",
        r"affected",
        r"(?:effect|impact) of",
        r"(?:increas|improv|strengthen|reduc|rais|boost|enhanc)(?:ed|es|s)\s+" + _NO_OBJECT_EN + r"\w+",
        r"made \w+ (?:more|less|better)",
        r"(?:project|actions?|activities|events?|measures|programme) (?:\w+ ){0,2}?(?:gave|inspired|encouraged)\b",
    ),
}
#: Words that say one thing was part of why another happened.
CONTRIBUTED: Final = {
    "fi": _any(
        r"myötävaikut\w+",
        r"mahdollist(?:i|ivat|aa|avat|anut|aneet)\b",
        r"autt(?:oi|oivat|aa|avat|anut|aneet)\b",
        r"tuk(?:i|ivat|enut|eneet)\b",
        r"kannust(?:i|ivat|anut|aneet)\b",
        r"myötä(?!\w)",
    ),
    "sv": _any(r"bidr(?:og|agit|ar|a)\b", r"möjligg\w+", r"hjälpte", r"stödde", r"uppmuntrade"),
    "en": _any(
        r"contribut\w+", r"enabl\w+", r"help(?:ed|s)\b", r"support(?:ed|s)\b", r"encourag\w+", r"played a (?:part|role)"
    ),
}
CONSISTENT: Final = {
    "fi": _any(r"sopi\w*", r"sopu\w+", r"viittaa\w*", r"linjassa", r"yhteydessä"),
    "sv": _any(r"tyder på", r"stämmer överens", r"förenlig\w*", r"hänger samman", r"samband\w*"),
    "en": _any(r"consistent with", r"in line with", r"suggest\w*", r"associated with", r"related to"),
}
#: Words that say something became different, whatever made it so.
CHANGED: Final = {
    "fi": _any(
        r"lisäänty\w+",
        r"kasvo\w+",
        r"kasvan\w+",
        r"kasvu\w*",
        r"paran(?:i|ivat|tu|em)\w*",
        r"vahvistu\w+",
        r"muut[tu]u?\w*",
        r"muuto[sk]\w*",
        r"vähen(?:i|ivät|ty|em)\w*",
        r"heiken\w+",
        r"koheni\w*",
        r"kohentu\w+",
        r"enemmän kuin (?:ennen|aiemmin)",
    ),
    "sv": _any(
        r"öka\w*", r"ökning\w*", r"förbättra\w*", r"stärk\w+", r"förändr\w+", r"minska\w*", r"mer än (?:förr|tidigare)"
    ),
    "en": _any(
        r"increas\w+",
        r"improv\w+",
        r"chang\w+",
        r"strengthen\w+",
        r"decreas\w+",
        r"grew\b",
        r"grown\b",
        r"more than before",
        r"became\b",
        r"gain(?:ed|s)?\b",
    ),
}
#: Whose view it is.
FRAMES: Final = {
    "fi": _any(
        r"koki\w*",
        r"kokevat",
        r"kokee\b",
        r"koke(?:nut|neet|vansa|neensa|neen)\w*",
        r"koett(?:iin|u)\w*",
        r"kokemu\w+",
        r"kerto(?:i|ivat|vat|neet|nut|o)\w*",
        r"kerrottiin",
        r"rapor?to\w+",
        r"ilmoit\w+",
        r"arvio(?:i|ivat|nut|neet|vat|itiin)\w*",
        r"arvio(?:n|iden|itten)(?:sa)? mukaan",
        r"mielestä\w*",
        r"vasta(?:si|sivat)\b",
        r"vastaajien mukaan",
        r"vastanneiden mukaan",
        r"näkemy\w+",
        r"tunsi\w*",
        r"katso(?:i|ivat)\b",
    ),
    "sv": _any(
        r"upp(?:gav|ger|gett)\b",
        r"upplev\w+",
        r"berätta\w+",
        r"rapportera\w*",
        r"ansåg\w*",
        r"anser",
        r"bedöm\w+",
        r"tyck(?:te|er)\b",
        r"svarade att",
        r"enligt (?:de svarande|respondenterna|dem som svarat)",
        r"kän(?:de|ner)\b",
    ),
    "en": _any(
        r"report(?:ed|s|ing)?\b",
        r"sa(?:id|y|ys)\b",
        r"f(?:elt|eel|eels)\b",
        r"perceiv\w+",
        r"according to",
        r"told",
        r"stat(?:ed|e)\b",
        r"answered that",
        r"experienc\w+",
        r"judg\w+",
        r"thought",
        r"agreed? that",
        r"in (?:their|the respondents') (?:own )?view",
    ),
}
_NOT_FI: Final = r"e(?:i|ivät|mme|ikä|ivätkä) (?:\w+ ){0,2}?"
#: Nothing is claimed: it is denied, or it was the aim.
DENIED: Final = {
    "fi": _any(
        _NOT_FI + r"(?:voi|ole|osoit|kerro|todist|pysty|tiede|mita|ESR)\w*",
        r"tavoit\w+",
        r"pyrki\w*",
        r"tarkoitu\w+",
        r"halut\w+",
        r"suunni\w+",
        r"oli(?:si)?ko",
    ),
    "sv": _any(
        r"(?:kan|går|är|var|har|säger|visar) (?:\w+ )?(?:inte|inget|ej)",
        r"syft\w+",
        r"mål(?:et|sättning\w*)? (?:är|var)",
        r"avsikt\w*",
    ),
    "en": _any(
        r"cannot",
        r"can(?:'t| not)",
        r"(?:do|does|did|is|are|was|were|has|have) not",
        r"not possible",
        r"no evidence",
        r"aim\w*",
        r"goal\w*",
        r"intended",
    ),
}
HEDGED: Final = {
    "fi": _any(r"todennäköi\w+", r"luultavasti", r"osaltaan", r"mahdollisesti", r"saatto\w+", r"lienee", r"ehkä"),
    "sv": _any(r"sannolikt", r"troligen", r"möjligen", r"kanske", r"delvis"),
    "en": _any(r"probably", r"likely", r"plausibly", r"possibly", r"perhaps", r"may have", r"might have", r"in part"),
}
#: The fund's word for people registered one by one; attendees on lists are not that.
FUND: Final = {
    "fi": _any(
        r"(?:ESR|ESF)[-\s]*\+?[-\s]*(?:henkilö)?-?osallistuj\w*",
        r"ESR-henkilö\w*",
        r"ESR:n osallistuj\w*",
        r"osallistuj\w+ rahaston",
        r"rahaston (?:tarkoittam\w+ )?osallistuj\w*",
    ),
    "sv": _any(r"(?:ESF|ESR)[-\s]*\+?[-\s]*(?:projekt)?-?deltag\w*", r"fondens deltag\w*", r"socialfondens deltag\w*"),
    "en": _any(
        r"(?:ESF|ESR)\+?[-\s]*participants?",
        r"participants? (?:of|in|under) the (?:European )?(?:ESF|Social Fund|fund)",
    ),
}
#: Those a share of answers is a share of.
RESPONDENTS: Final = {
    "fi": _any(r"vasta(?:aj|nne|nnu|si)\w*", r"palautteen antan\w+"),
    "sv": _any(r"svar\w*", r"respondent\w*", r"besvar\w+"),
    "en": _any(r"respond\w*", r"answer\w*"),
}
