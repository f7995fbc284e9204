// Pieces the settings' field tables are made of: addresses, phones, ids. No settings of their own.
import { z } from "zod";

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** http(s) address without credentials, query or fragment; no slash at the end once parsed. */
export const baseUrlSchema = z
  .string()
  .trim()
  .max(500)
  .refine(isPlainUrl, "must be a web address like https://gateway.example.com")
  .transform((text) => text.replace(/\/+$/, ""));

/** As baseUrlSchema, and https unless it points at this machine. */
export const publicUrlSchema = baseUrlSchema.refine(
  (text) => text.startsWith("https://") || LOOPBACK.test(new URL(text).hostname),
  "must start with https://",
);

const CREDENTIALS = /^[^/]*\/\/[^/]*@/;

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && !CREDENTIALS.test(text) && url.search === "" && url.hash === "";
}

/** True for a host name or address of this machine. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

export const phoneText = z.string().trim().max(40);

/** A Twilio id: two letters and 32 hex digits; empty when not set. */
export const sid = (prefix: string) =>
  z
    .string()
    .trim()
    .refine(
      (text) => text === "" || new RegExp(`^${prefix}[0-9a-fA-F]{32}$`).test(text),
      `must be an id as Twilio shows it: ${prefix} and 32 more characters`,
    );

/** A host name without scheme, port or path; empty when not set. */
export const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .max(255)
  .regex(
    /^$|^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$/,
    "must be a host name like mail.example.com",
  );

/** An e-mail address; empty when not set. */
export const addressText = z
  .string()
  .trim()
  .max(254)
  .refine((text) => text === "" || z.email().safeParse(text).success, "is not an e-mail address");

export const portNumber = z.number().int().min(1).max(65_535);

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** Addresses and networks like 172.17.0.0/16, separated by commas; empty when not set. */
export const networkList = z
  .string()
  .trim()
  .max(1_000)
  .refine(
    (text) => text === "" || text.split(",").every((part) => network.safeParse(part.trim()).success),
    "must be addresses or networks like 172.17.0.0/16, separated by commas",
  );
