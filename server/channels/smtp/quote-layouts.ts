// How mail programs mark the text they quote and what they sign with: the tables strip-quoted goes by. A new layout is a
// line here and a case in its test.

/**
 * "On <date>, <somebody> wrote:", up to three lines joined to one. Each wants a digit (the date) or an address between its
 * first and its last word, so that a sentence of the reply is not taken for one.
 */
export const ATTRIBUTIONS: readonly RegExp[] = [
  /^on\b.*[\d@].*\b(?:wrote|writes)\s*:$/i,
  /^(?:le|el)\b.*[\d@].*\b(?:a [ée]crit|escribi[óo])\s*:$/i,
  /^am\b.*[\d@].*\bschrieb\b.*:$/i,
  /^il\b.*[\d@].*\bha scritto\s*:$/i,
  /^em\b.*[\d@].*\bescreveu\s*:$/i,
  /^op\b.*[\d@].*\bschreef\b.*:$/i,
  // Date first: "2026-03-02 15:00 GMT-05:00 Ann Lee <ann@…>:", and "Ann Lee <ann@…> wrote:".
  /^\d{4}[-/.]\d\d?[-/.]\d\d?\b.*<[^<>@\s]+@[^<>\s]+>\s*:$/,
  /^.{0,80}<[^<>@\s]+@[^<>\s]+>\s+(?:wrote|writes|a [ée]crit|escribi[óo]|schrieb)\b.{0,40}:$/i,
];

/** A line by itself after which everything is quoted. */
export const DIVIDERS: readonly RegExp[] = [
  /^[-_\s]*-{2,}\s*(?:original message|forwarded message|message d'origine|message original|message transféré|mensaje original|mensaje reenviado|ursprüngliche nachricht|weitergeleitete nachricht|messaggio originale|mensagem original|oorspronkelijk bericht)\s*-{2,}[-_\s]*$/i,
  /^(?:begin forwarded message|début du message réexpédié|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado)\s*:$/i,
];

/** First line of the block of headers Outlook puts above what it quotes; one of the others must follow within a few lines. */
export const BLOCK_FIRST = /^\W{0,3}(?:from|de|von|da|van)\s*:\W{0,3}\s*\S/i;
export const BLOCK_NEXT =
  /^\W{0,3}(?:sent|date|envoy[ée]|enviado(?: el)?|fecha|gesendet|datum|inviato|data|verzonden|to|subject|[àa]|para|objet|asunto|an|betreff|oggetto|assunto|onderwerp)\s*:/i;
/** The line Outlook draws above that block. */
export const BLOCK_RULE = /^[_\u2500-\u2501]{10,}$/;

/** A last line a phone or a mail program adds by itself. */
export const DEVICE_LINES: readonly RegExp[] = [
  /^sent (?:securely )?(?:from|via|with) .{2,60}$/i,
  /^get outlook for (?:ios|android|mac)(?: ?<?https?:\S+)?$/i,
  /^(?:envoyé|télécharger outlook|obtenir outlook) (?:de|depuis|à partir d['e]|pour) ?.{2,60}$/i,
  /^(?:enviado desde|obtener outlook para) .{2,60}$/i,
  /^(?:von (?:meinem|mobilgerät) .{0,50}gesendet|gesendet (?:von|mit) .{2,60})$/i,
  /^(?:inviato da|enviado do meu|verzonden vanaf) .{2,60}$/i,
  /^yahoo mail: .{2,80}$/i,
];
