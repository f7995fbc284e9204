// Why somebody on a list is not reached, as a sentence for the downloaded list; the page has shorter words of its own.
import { ERROR_CODES, isErrorCode } from "../../shared/error-codes.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  duplicate_number: "Somebody earlier on the list has the same number.",
  duplicate_address: "Somebody earlier on the list has the same e-mail address.",
  trashed: "This person is in Follow Up Boss's trash.",
};

/** `reason`: a contact rule or one of SKIP_REASONS; null gives null. */
export function saySkipped(reason: string | null): string | null {
  if (reason === null) return null;
  return SENTENCES[reason] ?? (isErrorCode(reason) ? ERROR_CODES[reason].sentence : reason);
}
