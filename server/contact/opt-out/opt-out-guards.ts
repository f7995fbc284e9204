// What takes its meaning from a phrase of opting out: that it is denied, that somebody else is meant, that it is only for a
// while. Pure. Called by recognize-opt-out with what stands before and after the phrase.
import { compilePhrases } from "./compile-phrases.ts";

/** What stands around a phrase in its sentence: "… " before it, " …" after. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

const WORDS = {
  nots: "do not|never|not|can not|could not|will not|did not|would not|should not|have not|does not",
  us: "you|you guys|you people|you all",
  ours: "you|you guys|you people|you all|your company|your people|your agents",
  wishes: `ever|even|want|want to|want you to|want me to|mean to|have to|need to|say|said|ask you to|asked you to|tell you to
    like to|like you to|let me|please|you|just|going to`,
  others: `they|he|she|it|people|agents|other agents|realtors|lenders|telemarketers|everyone|everybody|somebody|someone|zillow
    opendoor|redfin|investors|others|callers|scammers|spammers|wholesalers|companies|buyers|sellers`,
  myself: `i|we|i will|we will|i can|i should|we should|i had to|i have to|i need to|i want to|i wanted to|i would like to
    i decided to|we need to|we want to|going to|let us|i must|i might|i have`,
  time: `before|after|until|till|til|unless|while|during|between|when|if|today|tonight|tomorrow|right now|at the moment|yet|weekends
    this (?:morning|afternoon|evening|week|weekend|early|late)|(?:so|that|too) (?:early|late|often|much)|…
    more than|past \\d+
    (?:on (?:\\S+ )?)?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|on (?:\\S+ )?(?:weekends?|weekdays|holidays)
    at (?:night|noon|work|the office|\\d+\\S*)|in the (?:mornings?|evenings?|middle|afternoons?)|for (?:a|…
    the next|now)`,
  busy: `i am (?:\\S+ )?(?:driving|in a|at|sleeping|busy|on|out|with)
    i will (?:call|text|reach|contact|let|get|email|be)`,
  papers: `title|deed|lease|mortgage|loan|contract|offer|application|paperwork|documents?|agreement|policy|insurance|escrow
    showing|tour|appointment|calendar|viewing|schedule|invite|invitation|waitlist|listing|bill|utilities|hoa|…
    mls`,
};

const matcher = (phrases: string): ((text: string) => boolean) => {
  const compiled = compilePhrases(phrases, WORDS);
  return (text) => compiled.some((phrase) => text.trim().search(phrase) !== -1);
};

/** "Don't stop …", "why did you stop …", "I didn't say unsubscribe". */
const denies = matcher(
  `(?:{nots})(?: {wishes}){0,4}$
  (?:no need to|no reason to|without|forgot to|afraid you|hope|accidentally|by mistake|by accident|nobody|…
    refuse to|hate to)(?: {wishes}){0,4}$
  (?:if|before|did|have|had|when) you(?: {wishes}){0,4}$`,
);

/** "Why won't you stop …", "you never stop …": said of us to us, that is no denial. */
const complains = matcher(
  `{nots} {us}(?: ever| just| please)*$
  {ours} (?:just )?(?:still )?(?:{nots}|refuse to)(?: ever)?$`,
);
/** "I hope you never stop …" */
const hopes = matcher(
  `(?:hope|wish|pray|glad|love|happy|promise|want|need) (?:that )?(?:you|it)(?: guys| people)?(?: \\S+){1,2}$`,
);

/** "I want to stop calling agents": somebody stops something themselves. */
const isMyself = matcher(`{myself}(?: also| just| please)*$`);
const isAtMe = matcher(
  `^(?:$|,|me|us|my|our|this|these|those|your|{us}|here|now|please|and|anymore|again|from you)`,
);

/** "They won't stop calling me": others do. */
const isOthers = matcher(
  `{others}(?: all| just| still)? (?:{nots}|refuse to|will|can|should|could)(?: ever| please)?$`,
);

/** "Stop calling it a condo", "I'll stop bothering you", "stop communication with the seller". */
const isOtherObject = matcher(
  `^(?:it|yourself|each|with you|(?:him|her|them) a|the (?:sellers?|buyers?|lender|bank|agent|listing|owner))
  ^you(?! guys| people)
  ^(?:with|between|to|from) (?:the|my|his|her|our|him|them|their|sellers?|buyers?|lenders?|other|another|each)`,
);

/** "I never text", "they don't call me back", "why don't you call me?", but not "I'd prefer you don't call me". */
const isStatement = matcher(
  `(?:i|we|they|he|she|it|people|agents|realtors|lenders|usually|normally|why|somebody|someone|who|which|that|…
    to)(?: {wont})*$
  (?<!(?:prefer|rather|that|request|ask|appreciate it if|appreciate if|better if|like it if|wish|insist|demand) …
    )(?:you|you guys)(?: {wont})*$`.replaceAll("{wont}", "(?:really|just|usually|normally|still|also)"),
);

/** Before noon, until Monday, while I am at work: a wish about the time, unless it is for ever. */
const namesTime = matcher(`^(?:\\S+ ){0,3}?(?:{time}|{busy})`);
const isForEver = matcher("(?:again|anymore|any more|ever|any longer|period|forever)");

/** Papers something is to be removed from, and no messages about them. */
const namesPapers = matcher(
  `^(?:from|off|of|on|in|out of) (?:the|my|our|this|that|a|any|your) (?:\\S+ ){0,2}?{papers}(?! (?:alerts?|…
    emails?|texts?|messages?|updates?|lists?|reminders?|notifications?))`,
);

export const isDenied = ({ before }: Around): boolean =>
  denies(before) && (!complains(before) || hopes(before));

export const meansOthers = ({ before, after }: Around): boolean =>
  isOthers(before) || (isMyself(before) && !isAtMe(after)) || isOtherObject(after);

export const isNotAsked = ({ before }: Around): boolean => isStatement(before);

export const isForAWhile = ({ after }: Around): boolean => namesTime(after) && !isForEver(after);

export const isAboutPapers = ({ after }: Around): boolean => namesPapers(after);
