import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { describe, expect, it, onTestFinished } from "vitest";
import { adminPage } from "../../../server/http/admin-page.ts";

async function serve(html: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "console-"));
  await writeFile(join(folder, "index.html"), html);
  const app = express();
  app.use(adminPage(folder));
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("the console's page", () => {
  it("carries a nonce that its policy names, another one each time, and allows no inline script", async () => {
    const url = await serve('<meta property="csp-nonce" nonce="{{nonce}}">');
    const nonces = new Set<string>();
    for (const path of ["/", "/index.html"]) {
      const answer = await fetch(`${url}${path}`);
      const policy = answer.headers.get("content-security-policy") ?? "";
      const nonce = /style-src 'self' 'nonce-([\w+/=]{22,})'/.exec(policy)?.[1] ?? "";
      expect(await answer.text()).toBe(`<meta property="csp-nonce" nonce="${nonce}">`);
      expect(policy).toContain("default-src 'self'");
      expect(policy).not.toMatch(/unsafe|script-src/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });

  it("leaves every other path to the files", async () => {
    const url = await serve("");
    expect((await fetch(`${url}/admin.js`)).status).toBe(404);
  });
});
