// How people say that they want to hear from us again, in phrases over plain sentences. Only where nothing in the message
// denies anything: ending an opt-out by mistake is worse than missing a wish. Read by recognize-opt-out.
import { compilePhrases } from "./compile-phrases.ts";
import { ENGLISH } from "./opt-out-classes.ts";

export const START_SAID = compilePhrases(
  `^(?:{hi} )*(?:start|unstop|resume|restart|resubscribe|re subscribe|subscribe|reactivate)(?: {more}){0,5}$
  ^(?:{hi} )*(?:you|your team|you guys) {may} (?:now |please |go ahead and |definitely )*{contact} …
    (?:me|us)(?: {when})* again(?: {when})*$
  ^(?:{hi} )*(?:opt|opting) (?:(?:me|us|my number) )?(?:back )?in(?: again)?(?: {when})*$
  ^(?:{hi} )*(?:sign|add|put|include) (?:me|us|my number) (?:(?:up|on|in) (?:again|once more)|back)(?: (?:up|on|…
    in|to|again|{yours} {list}))*$
  {want} (?:to )?(?:receive|get|hear|start receiving|start getting) (?:{det*}{nouns}|…
    from you)(?: from you)? again
  {want} (?:you )?to (?:start|resume|begin) (?:{contacting}|receiving|getting|sending|hearing) (?:me |from |us |…
    you |your )*(?:{nouns} )?again
  (?:it is|its|that is) (?:ok|okay|fine|alright) (?:for you )?to {contact} (?:me|us) again
  ^(?:{hi} )*{contact} me again(?: please)?$`,
  {
    ...ENGLISH,
    hi: "yes|yeah|yep|ok|okay|sure|please|hi|hello|hey|actually|i changed my mind|changed my mind|i (?:want|would like) to|i want you to",
    may: "can|may|could|are welcome to|have my permission to|are allowed to",
    more: `me|us|my number|again|please|texting|calling|messaging|contacting|emailing|sending|messages|texts|emails|calls|updates
      alerts|thanks|thank you|the|now|back|over`,
    when: "now|anytime|any time|if you want|please|in the future|thanks",
  },
);
