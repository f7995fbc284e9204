// The demonstration values Follow Up Boss publishes with its embedded-app example: secret, context as sent, signature.

export const VENDOR_SECRET = "94e6ea3983accb63e46f2316f051ebc7";
export const VENDOR_SIGNATURE = "d3c9aeed0ae0220a35e2699461edf61a92baeef0ddbf11da23226088ced7ef57";
/** Base64 without padding. */
export const VENDOR_CONTEXT = [
  "eyJjb250ZXh0IjoicGVyc29uIiwiYWNjb3VudCI6eyJpZCI6MTA0ODU4OSwiZG9tYWluIjoiZGFudG9tY28iLCJvd25l",
  "ciI6eyJuYW1lIjoiVG9tIE1pbmNoIiwiZW1haWwiOiJ0b20rZGV2QGZvbGxvd3VwYm9zcy5jb20ifX0sInVzZXIiOnsi",
  "aWQiOjQ0MCwibmFtZSI6IkMuTC4gTm9sZW4iLCJlbWFpbCI6ImNsQGZvbGxvd3VwYm9zcy5jb20ifSwicGVyc29uIjp7",
  "ImlkIjo1Mzk2MiwiZmlyc3ROYW1lIjoiTml2aWEiLCJsYXN0TmFtZSI6Ikd1ZXJyYSIsInBob25lcyI6W3sidmFsdWUi",
  "OiIoMjMzKSA1NTUtMDEyNCIsInR5cGUiOiJob21lIiwic3RhdHVzIjoiSW52YWxpZCIsImlzUHJpbWFyeSI6MSwibm9y",
  "bWFsaXplZCI6IjIzMzU1NTAxMjQiLCJyZWxhdGlvbnNoaXBJZCI6MCwiaXNMYW5kbGluZSI6bnVsbH1dLCJlbWFpbHMi",
  "Olt7InZhbHVlIjoibml2aWEuZ3VlcnJhQGZyb2IuZGV2IiwidHlwZSI6IndvcmsiLCJzdGF0dXMiOiJWYWxpZCIsImlz",
  "UHJpbWFyeSI6MSwicmVsYXRpb25zaGlwSWQiOjB9XSwic3RhZ2UiOnsiaWQiOjIsIm5hbWUiOiJMZWFkIn19fQ",
].join("");
