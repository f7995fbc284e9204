// Node's HTTP, without what an `import` of it brings along: to name all its exports, that loads fetch, WebSocket and their
// caches too, which takes longer than any other part of the start and is not used by a gateway that serves.

export const http = process.getBuiltinModule("node:http");
export const https = process.getBuiltinModule("node:https");
