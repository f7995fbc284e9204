// What to do about keys that cannot be read.

export const VAULT_REMEDY =
  "Unlock the keychain of the user the gateway runs as; the gateway tries again by itself.";
