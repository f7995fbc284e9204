// Which call types a channel allows. Asked by every way in, before anything is stored.
import type { CallType, Channel } from "../../shared/values.ts";
import { fieldError } from "../base/parse.ts";

/** E-mail is one-way (facts: Hub documentation, outbound e-mail). `field` is what the caller named the type. */
export function checkType(channel: Channel, type: CallType, field: string): void {
  if (channel === "email" && type !== "informational")
    throw fieldError(field, "e-mail allows the type informational only");
}
