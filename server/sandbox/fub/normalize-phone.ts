// How the pretend Follow Up Boss compares numbers: digits only. Used wherever a phone is stored or searched.

/** Ten digits without the country code for North American numbers, all digits otherwise (samples: `normalized`). */
export function normalizePhone(text: string): string {
  const digits = text.replace(/\D/g, "");
  return digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
}
