// How the programs are bundled: the headless gateway and the desktop app, each with the whole server and its libraries
// inside, and the desktop window's preload. What is loaded only when used stays a script of its own. Read by vite.config.ts.
import type { EnvironmentOptions } from "vite";

/** What each program finds outside its bundle: parts that are native code or the shell itself. */
export const NATIVE_PARTS = ["keytar", "@ngrok/ngrok"] as const;
const SHELL = "electron";
/** What a package carries besides the bundles, under licences of its own. */
export const PARTS_BESIDE = [...NATIVE_PARTS, SHELL];

const program = (outDir: string, entries: Readonly<Record<string, string>>): EnvironmentOptions => ({
  consumer: "server",
  resolve: { noExternal: true, external: [SHELL, ...NATIVE_PARTS] },
  build: {
    outDir,
    emptyOutDir: true,
    copyPublicDir: false,
    target: "node24",
    minify: true,
    sourcemap: false,
    rolldownOptions: {
      input: { ...entries },
      platform: "node",
      output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "parts/[name]-[hash].js" },
    },
  },
});

/** `dist/gateway/cli.js`: what `aventora-gateway` runs where no window is wanted. */
export const gatewayBuild = program("dist/gateway", { cli: "main/cli.js" });

/** `dist/desktop/main.js`: Electron's main process. */
export const desktopBuild = program("dist/desktop", { main: "main/desktop/main.ts" });

/** `dist/desktop/preload.cjs`: a sandboxed window loads CommonJS only, and only one file of it. */
export const preloadBuild: EnvironmentOptions = {
  consumer: "server",
  resolve: { noExternal: true, external: [SHELL] },
  build: {
    outDir: "dist/desktop",
    emptyOutDir: false,
    copyPublicDir: false,
    target: "node24",
    minify: true,
    sourcemap: false,
    rolldownOptions: {
      input: { preload: "main/desktop/preload.ts" },
      platform: "node",
      output: { format: "cjs", entryFileNames: "preload.cjs", codeSplitting: false },
    },
  },
};
