// The console's policy forbids eval. zod would try it once while schemas are built, and the browser would report that,
// so main.ts imports this before it loads anything that holds a schema.
import { z } from "zod";

z.config({ jitless: true });
