// Entry of the console. Only what must come before everything else is in this script: whatever holds a schema is loaded
// after forbid-eval.ts has run, which one script for all could not promise.
import "./forbid-eval.ts";

const node = document.getElementById("app");
if (node) void import("./start-console.tsx").then(({ startConsole }) => startConsole(node));
