// How many SMS a text takes: 160 or 70 characters in one, 153 or 67 in each of several. Used when a message is created.

/** Characters of GSM 03.38; those of the second part take two places. */
const BASIC = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;
const EXTENDED = /[\^{}\\[~\]|€]/g;

export function countSegments(text: string): number {
  if (text === "") return 1;
  const gsm = BASIC.test(text);
  const length = gsm ? text.length + (text.match(EXTENDED)?.length ?? 0) : text.length;
  const [single, each] = gsm ? [160, 153] : [70, 67];
  return length <= single ? 1 : Math.ceil(length / each);
}
