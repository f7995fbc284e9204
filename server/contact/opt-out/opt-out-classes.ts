// Classes of words the English phrases of opting out and in are made of. Data, for opt-out-phrases and opt-in-phrases.
import type { WordClasses } from "./compile-phrases.ts";

export const ENGLISH: WordClasses = {
  adv: `please|kindly|just|ever|even|always|constantly|immediately|now|fucking|freaking|damn|all|any|dare|you
    directly|already`,
  det: `it|with|w|the|these|those|this|that|your|my|our|all|any|of|more|such|sending|so many|further|future|additional|out|text|phone
    stupid|damn|fucking|annoying|automated|automatic|unwanted|unsolicited|constant|random|marketing|anymore|spam|me|us`,
  /** What reaches people. */
  nouns: `texts|text messages?|messages|sms|smses|emails|e mails|calls|phone calls|voicemails?|robocalls?|robo calls?|cold calls?
    communications?|correspondence|spam|spamming|harassment|solicitations?|soliciting|notifications?|alerts|updates
    reminders|newsletters?|mailings|mailers|promos|junk mail|bs|bullshit|nonsense`,
  trash: "stuff|shit|crap|junk|garbage|contact|ads",
  times: `now|please|already|again|before|nicely|repeatedly|once|twice
    (?:many|several|multiple|three|two|countless) times|over and over|time and again`,
  stop: "stop|quit|cease|discontinue|halt|desist|desist from|refrain from|cut out|knock off|cease and desist",
  contacting: `texting|messaging|calling|contacting|emailing|mailing|phoning|dialing|dialling|spamming|harassing|bothering|bugging
    pestering|hounding|soliciting|pinging|stalking|disturbing|robocalling|annoying|blowing up|blowing me up|hitting me up
    reaching out|following up|communicating`,
  contact: "text|call|contact|message|email|phone|sms|spam|solicit|dial|communicate",
  trouble: `bother|bug|pester|harass|disturb|hound|annoy|write|write to|ring|ping|dm|reach|reach out|reach out to|hit up
    get in touch with|communicate with|follow up with|be in touch with`,
  try: "try to|try and|attempt to|continue to|keep trying to|have anyone|let anyone|have your people",
  donot: "do not|never|not to|no longer",
  you: "you|you all|you guys|you people|your company|your team|anyone|anybody",
  own: "phone|cell|cell phone|number|house|home|line|job|work|office|email|family|place of work",
  me: "me|us|here|this number|this phone|this line|this cell|that number|my {own}|our {own}",
  again: `again|anymore|any more|any longer|no more|ever|at all|further|another time|going forward|moving forward
    in the future|from now on`,
  record: `number|numbers|phone|phone number|cell|cell number|cellphone|name|info|information|data|details|contact
    contact info|contact details|contact information`,
  mine: "me|us|myself|(?:my|our|this) {record}|(?:my|our) (?:email|email address|address|e mail)",
  listed: `call|calling|text|texting|contact|contacts|email|emailing|mailing|marketing|distribution|phone|sms|spam|callback|lead|leads
    client|customer|prospect|prospecting|messaging|auto|drip|broadcast|group|stupid|damn|fucking|mass|future|further|dnc|do not call
    listings?|showings?|property|homes?|market|open house|new|daily|weekly|monthly`,
  lists: `list|lists|database|data base|system|systems|records?|contacts|contact list|crm|files?|campaigns?|queue|rotation|directory
    mailing|rolodex|account|subscriptions?|chain|thread|loop|program|distribution|texts|messages|emails|calls|alerts|spam
    marketing|communications?|group|dialer`,
  list: "(?:{listed} ){0,2}{lists}",
  yours: "your|this|the|these|those|any|all|all your|all of your",
  off: "off|off of|from|out of",
  clear: "remove|delete|erase|take|drop|scratch|strike|scrub|pull|purge|clear|unlist|cut|cross|clean|get",
  forget: "remove|delete|erase|lose|forget|unsubscribe|drop|scrub|purge|trash|dump|discard",
  gone: "removed|taken off|deleted|unsubscribed|opted out|off",
  soon: "please|now|immediately|asap|today|completely|permanently|forever|already",
  want: "want|would like|like|wish|need|request|demand|ask|asking|requesting",
  nowant: `do not want|do not wish|do not need|no longer want|no longer wish|no longer need|no longer interested in
    not interested in|would rather not|would prefer not|would like not|prefer not|rather not|never wanted|did not want
    (?:did not|do not|never) (?:ask|asked|request|requested|care) for|did not request|never requested|do not intend|want no|want zero|need no`,
  contacted: `contacted|called|texted|messaged|emailed|bothered|harassed|spammed|solicited|disturbed|phoned
    part of this|(?:on|in) {yours} {list}`,
  consent: "consent|permission|authorization|authorisation|approval",
  revoke: "revoke|withdraw|rescind|revoking|withdrawing|rescinding|retract|take back",
  nogive: "do not|does not|did not|never|no longer",
  joined: `consent|consented|authorize|authorized|opt in|opted in|subscribe|subscribed|sign up|signed up|signup
    enroll|enrolled|request(?:ed)?|ask(?:ed)?`,
  kin: "him|her|them|my (?:mother|mom|father|dad|parents|wife|husband|son|daughter|brother|sister|family)",
  authority: `spam|junk|fcc|ftc|crtc|attorney general|harassment|police|bbb|better business bureau|carrier|authorities
    dnc|do not call|lawsuit`,
};
