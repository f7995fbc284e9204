// An own address with a clock of the test's: only the newest proof of the address in force is believed.
import { afterEach, beforeEach, expect, test } from "vitest";
import { sayKeyNeeded } from "../../../server/tunnel/say-key-needed.ts";
import { type Trouble, trouble } from "../../../server/tunnel/say-trouble.ts";
import { type Proven, TUNNEL_POLICY } from "../../../server/tunnel/tunnel-state.ts";
import { type AddressWatch, createAddressWatch } from "../../../server/tunnel/watch-address.ts";
import { createFakeClock, type FakeClock } from "../../helpers/fake-clock.ts";

const OWN = "https://gw.example.com";
const proven = (namesClients: boolean): Proven => ({ url: OWN, pageInFront: false, namesClients });

let clock: FakeClock;
let address: string | undefined;
let found: Proven | Trouble;
let asked: number;
let watch: AddressWatch;

beforeEach(() => {
  clock = createFakeClock();
  [address, found, asked] = [OWN, proven(true), 0];
  const test = async () => {
    asked += 1;
    return found;
  };
  watch = createAddressWatch({
    ...{ clock, test, policy: TUNNEL_POLICY },
    random: () => 0,
    address: () => address,
  });
});
afterEach(async () => {
  watch.stop();
  await clock.settle();
  expect(clock.sleepers()).toBe(0);
});

const names = (): boolean => watch.read().namesClients;
const need = () => sayKeyNeeded(watch.read());

test("nobody is believed before the first proof, and no longer than the address stays", async () => {
  watch.follow();
  await clock.settle();
  expect([asked, names()]).toEqual([0, false]);
  watch.start();
  expect([names(), need()]).toEqual([false, null]);
  await clock.settle();
  expect([names(), need()]).toEqual([true, null]);
  address = "https://other.example.com";
  expect([names(), watch.read().lastTest]).toEqual([false, null]);
  address = undefined;
  watch.follow();
  await clock.advance(600_000);
  expect([asked, need()]).toEqual([1, null]);
});

test("a proxy that names nobody is said, and seen to name them once it does", async () => {
  found = proven(false);
  watch.start();
  await clock.settle();
  expect(names()).toBe(false);
  expect(need()).toMatchObject({ code: "clients_unnamed", sentence: expect.stringContaining(OWN) });
  found = proven(true);
  await clock.advance(TUNNEL_POLICY.watchMs);
  expect([names(), need()]).toEqual([true, null]);
  found = proven(false);
  await watch.test(OWN);
  expect(names()).toBe(false);
  found = trouble("unreachable", "no answer");
  await watch.test(OWN);
  expect([watch.read().hidesClients, need()?.sentence]).toEqual([
    true,
    expect.stringMatching(/^no answer\. When it last led here, .* key to start outreach\.$/),
  ]);
});

test("whoever else answers is not believed for a moment; that nobody answers is borne for a while", async () => {
  watch.start();
  await clock.settle();
  found = trouble("unreachable", "no answer");
  watch.wake();
  await clock.settle();
  expect(names()).toBe(true);
  expect(need()?.sentence).toBe("no answer.");
  await clock.advance(600_000);
  expect(names()).toBe(false);
  found = proven(true);
  await clock.advance(TUNNEL_POLICY.watchMs);
  expect(names()).toBe(true);
  found = trouble("foreign", "status 200");
  watch.wake();
  await clock.settle();
  expect(names()).toBe(false);
});
