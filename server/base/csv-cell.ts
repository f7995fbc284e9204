// One cell of a CSV file that people open in a spreadsheet. Used by every export.

/**
 * Quoted as RFC 4180 says. A cell that begins like a formula, perhaps after blanks, would be run by the spreadsheet that
 * opens it (OWASP: CSV injection); a number in international form begins with a plus too, and stays what it is.
 */
export function csvCell(value: string | null): string {
  const text = value ?? "";
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Spreadsheets read a file as UTF-8 when it begins with this. */
export const BYTE_ORDER_MARK = "\uFEFF";
