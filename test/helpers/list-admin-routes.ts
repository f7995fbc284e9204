// Every route of the console's listener, read from where they are written: what a walk through them must not reach from
// elsewhere.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const HTTP = join(import.meta.dirname, "../../server/http");
const FILES = [
  "admin-app.ts",
  "delivery.routes.ts",
  "fan-out.routes.ts",
  ...readdirSync(join(HTTP, "admin"))
    .filter((name) => name.endsWith(".routes.ts"))
    .map((name) => `admin/${name}`),
];
const ROUTE = /\.(get|post|put|delete)\(\s*["'`](\/[^"'`]+)["'`]/g;

export interface AdminRoute {
  readonly method: string;
  /** With something in place of each parameter. */
  readonly path: string;
}

export const listAdminRoutes = (): AdminRoute[] =>
  FILES.flatMap((name) =>
    [...readFileSync(join(HTTP, name), "utf8").matchAll(ROUTE)].map(([, method = "", path = ""]) => ({
      method: method.toUpperCase(),
      path: `/api${path.replace(/\$\{\w+\}/g, "pause").replace(/:\w+/g, "1")}`,
    })),
  );
