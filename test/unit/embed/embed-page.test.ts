import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMBED_STATES, problemModel } from "../../../server/embed/embed-problems.ts";
import {
  FUB_FRAME_ANCESTORS,
  renderPage,
  scriptJson,
  VENDOR_SCRIPT,
} from "../../../server/embed/render-page.ts";
import { ERROR_CODES } from "../../../shared/error-codes.ts";

const EVIL = '</script><script>alert(1)</script><!-- \u2028 \u2029 ]]> & " \\';
const ASSETS = {
  script: "run()",
  style: "p{}",
  vendorScript: VENDOR_SCRIPT,
  frameAncestors: FUB_FRAME_ANCESTORS,
};

describe("the model in the page", () => {
  test("cannot end its script element, whatever a person is called", () => {
    const json = scriptJson({ name: EVIL });
    expect(json).not.toMatch(/[<>\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual({ name: EVIL });
    fc.assert(
      fc.property(fc.jsonValue(), fc.string({ unit: "binary" }), (value, name) => {
        const text = scriptJson({ value, name });
        expect(text).not.toMatch(/[<>\u2028\u2029]/);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value, name })));
      }),
    );
  });

  test("is read back from the page as it was given", () => {
    const model = { session: "s", state: "ready", person: { id: "1", name: EVIL } };
    const { html } = renderPage(model, ASSETS);
    const found = /<script type="application\/json" id="embed-model">(.*)<\/script>/.exec(html)?.[1] ?? "";
    expect(JSON.parse(found)).toEqual(model);
    expect(html.match(/<\/script>/g)).toHaveLength(3);
  });
});

describe("the page", () => {
  test("carries the vendor's script, and only its own inline parts may run", () => {
    const [one, two] = [
      renderPage({ session: "", state: "ready" }, ASSETS),
      renderPage({ session: "", state: "ready" }, ASSETS),
    ];
    expect(one.html).toContain(`src="${VENDOR_SCRIPT}"`);
    const nonce =
      /script-src 'nonce-([\w+/=]{20,})' https:\/\/eia\.followupboss\.com;/.exec(
        one.contentSecurityPolicy,
      )?.[1] ?? "";
    expect(one.html.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(two.html).not.toContain(nonce);
    expect(one.contentSecurityPolicy).toContain("default-src 'none'");
    expect(one.contentSecurityPolicy).toMatch(/frame-ancestors https:\/\/\*\.followupboss\.com$/);
    expect(one.contentSecurityPolicy).not.toContain("unsafe");
  });
});

describe("a refusal", () => {
  const known = {
    tenant: "acme",
    domain: "acme-fub",
    why: "The signature does not fit.",
    support: { tried: "a, b" },
  };
  const nothing = { tenant: null, domain: null, why: "", support: {} };

  test.each(EMBED_STATES)("%s has words in every case, and its code for support", (state) => {
    for (const facts of [known, nothing, { ...nothing, domain: "acme-fub" }]) {
      const { problem, session, ...model } = problemModel(state, facts);
      expect(model.state).toBe(state);
      expect(session).toBe("");
      for (const text of [problem?.title, problem?.sentence, problem?.remedy]) {
        expect(text?.trim().length).toBeGreaterThan(10);
        expect(text).not.toMatch(/null|undefined|“”| {2}|\s$/);
      }
      expect(problem?.support.code).toBe(state);
    }
    expect(Object.keys(ERROR_CODES)).toContain(state);
  });

  test("names the brokerage, the account and what was tried, for support", () => {
    expect(problemModel("unauthorized", known).problem?.support).toEqual({
      code: "unauthorized",
      brokerage: "acme",
      follow_up_boss_account: "acme-fub",
      tried: "a, b",
    });
    expect(problemModel("tenant_not_found", { ...nothing, domain: "acme-fub" }).problem?.sentence).toContain(
      "“acme-fub”",
    );
  });
});
