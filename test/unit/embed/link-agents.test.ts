// Which user of the CRM an agent is, told from phones and e-mails alone.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchAgents } from "../../../server/embed/link-agents.ts";
import { userSchema } from "../../../shared/settings.schema.ts";

const agent = (id: string, phone = "", email = "", display = "") =>
  userSchema.parse({ id, name: id, default_broker_phone: phone, display_number: display, email });
const user = (id: string, phone: string | null, email: string | null = null) => ({ id, phone, email });

describe("an agent and the users of the CRM", () => {
  it.each([
    ["by phone, however it was typed", user("x", "(416) 555-0111"), "phone"],
    ["by the second number", user("x", "1-416-555-0199"), "phone"],
    ["by e-mail where the phone says nothing", user("x", null, "Ann@Acme.example"), "email"],
  ])("belong together %s", (_how, one, rule) => {
    const users = [agent("ann", "+14165550111", "ann@acme.example", "+14165550199")];
    expect(matchAgents({ users }, [one])).toEqual({
      links: [{ userId: "ann", crmUserId: "x", rule }],
      doubted: [],
    });
  });

  it("prefer the phone to the address", () => {
    const users = [agent("ann", "+14165550111", "ann@acme.example")];
    const { links } = matchAgents({ users }, [
      user("mail", null, "ann@acme.example"),
      user("phone", "4165550111"),
    ]);
    expect(links).toEqual([{ userId: "ann", crmUserId: "phone", rule: "phone" }]);
  });

  it("are left apart where two users fit equally well", () => {
    const users = [agent("ann", "+14165550111")];
    const both = [user("x", "4165550111"), user("y", "+14165550111")];
    expect(matchAgents({ users }, both)).toEqual({ links: [], doubted: ["ann"] });
  });

  it("are never given to two agents, nor two to one", () => {
    const phones = fc.constantFrom("+14165550111", "+14165550112", "+14165550113");
    const emails = fc.constantFrom("a@x.example", "b@x.example");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(phones, emails), { maxLength: 4 }),
        fc.array(fc.tuple(fc.option(phones), fc.option(emails)), { maxLength: 5 }),
        (agents, crmUsers) => {
          const users = agents.map(([phone, email], index) => agent(`u${index}`, phone, email));
          const there = crmUsers.map(([phone, email], index) => user(`c${index}`, phone, email));
          const { links } = matchAgents({ users }, there);
          expect(new Set(links.map(({ userId }) => userId)).size).toBe(links.length);
          expect(new Set(links.map(({ crmUserId }) => crmUserId)).size).toBe(links.length);
        },
      ),
    );
  });
});
