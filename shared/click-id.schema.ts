// What a page makes up for one press of a button, so that the press arriving twice is one start. Whoever makes it chooses its
// form; it is kept with whose it is, so it need not differ from anybody else's.
import { z } from "zod";

export const clickIdSchema = z
  .string()
  .min(1, "must not be empty")
  .max(200, "may have at most 200 characters")
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, "must be text in one line");
