import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  BESIDE,
  DOOR,
  MAY_BE_LONGER,
  MOST_LINES,
  NEIGHBOURS,
  RESERVED,
  RESERVED_WORDS,
  type Room,
  SHARED_PACKAGES,
  TOWER,
  USERS_OF_BESIDE,
} from "./floors.ts";
import { importsOf, ROOT, readSources, withoutComments } from "./read-sources.ts";

const sources = readSources();
const within = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);
const isOneOf = (path: string, places: readonly string[]): boolean =>
  places.some((place) => within(path, place));
const towerRoom = (path: string): Room | undefined => TOWER.find((room) => within(path, room.path));
const besideRoom = (path: string): string | undefined =>
  Object.keys(BESIDE).find((room) => within(path, room));

/** Why this import is not allowed, or undefined. */
function objection(from: string, to: string): string | undefined {
  const [fromBeside, toBeside] = [besideRoom(from), besideRoom(to)];
  if (fromBeside !== undefined) {
    if (isOneOf(to, [fromBeside, ...(BESIDE[fromBeside] ?? [])])) return undefined;
    return `${fromBeside} may import only itself and ${BESIDE[fromBeside]?.join(", ")}`;
  }
  if (toBeside !== undefined)
    return isOneOf(from, USERS_OF_BESIDE[toBeside] ?? []) ? undefined : `${toBeside} stands beside the tower`;
  const [here, there] = [towerRoom(from), towerRoom(to)];
  if (!here || !there) return "one of them is in no room of floors.ts";
  if (here.path === there.path) return undefined;
  if (here.path === "main" && within(to, "server") && to !== DOOR)
    return `main sees only ${DOOR} of the server`;
  if (there.floor > here.floor) return `upward, from floor ${here.floor} to ${there.floor}`;
  const known = NEIGHBOURS.some(([left, right]) => left === from && right === to);
  return there.floor === here.floor && !known ? `sideways, on floor ${here.floor}` : undefined;
}

describe("how imports are read", () => {
  test("in every form they are written in, and not out of comments and texts", () => {
    const code = [
      'import a, { b } from "./a.ts";',
      'import type {\n  C,\n} from "./c.ts";',
      'import "./effect.ts";',
      'export * from "./d.ts";',
      'export { e } from "./e.ts";',
      'const f = await import("./f.ts");',
      'type G = import("./g.ts").G;',
      '// import h from "./h.ts";',
      '/** import i from "./i.ts"; */',
      'const said = "it came from x";',
      'const url = "https://example.com/";',
    ].join("\n");
    expect(importsOf(code)).toEqual([
      "./a.ts",
      "./c.ts",
      "./d.ts",
      "./e.ts",
      "./effect.ts",
      "./f.ts",
      "./g.ts",
    ]);
  });

  test("all of them: no path of a source file stands in a file without being read as an import", () => {
    const missed = sources.flatMap(({ path, text }) => {
      const found = new Set(importsOf(text));
      const named = [...withoutComments(text).matchAll(/["'`](\.{1,2}\/[^"'`\s$]+\.tsx?)["'`]/g)];
      return named
        .map(([, name]) => name ?? "")
        .filter((name) => !found.has(name))
        .map((name) => `${path}: ${name}`);
    });
    expect(missed).toEqual([]);
    expect(sources.length).toBeGreaterThan(150);
    expect(sources.reduce((sum, source) => sum + source.files.length, 0)).toBeGreaterThan(400);
  });

  test("imports name files that exist", () => {
    const lost = sources.flatMap(({ path, files }) =>
      files.filter((file) => !existsSync(`${ROOT}${file}`)).map((file) => `${path}: ${file}`),
    );
    expect(lost).toEqual([]);
  });
});

describe("floors", () => {
  test("what is allowed and what is not, by example", () => {
    expect(objection("server/http/listen.ts", "server/base/errors.ts")).toBeUndefined();
    expect(objection("server/base/errors.ts", "server/db/schema.ts")).toMatch(/upward/);
    expect(objection("server/embed/a.ts", "server/sync/b.ts")).toMatch(/sideways/);
    expect(objection("server/host.ts", "server/compose.ts")).toMatch(/sideways/);
    expect(objection("server/compose.ts", "server/host.ts")).toBeUndefined();
    expect(objection("main/start.ts", "server/base/errors.ts")).toMatch(/only server\/index/);
    expect(objection("main/start.ts", "server/index.ts")).toBeUndefined();
    expect(objection("renderer/embed/main.ts", "server/base/errors.ts")).toMatch(/itself and shared/);
    expect(objection("server/sandbox/a.ts", "server/crm/crm.ts")).toMatch(/itself and shared, server\/base/);
    expect(objection("server/http/a.ts", "server/sandbox/b.ts")).toMatch(/beside/);
    expect(objection("server/brand-new/a.ts", "server/base/errors.ts")).toMatch(/no room/);
  });

  test("an import only goes down", () => {
    const wrong = sources.flatMap(({ path, files }) =>
      files.flatMap((file) => {
        const why = objection(path, file);
        return why === undefined ? [] : [`${path} imports ${file}: ${why}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("every file is in a room, and every room has files", () => {
    const roomless = sources.map(({ path }) => path).filter((path) => !towerRoom(path) && !besideRoom(path));
    expect(roomless).toEqual([]);
    const rooms = [...TOWER.map(({ path }) => path), ...Object.keys(BESIDE)];
    expect(rooms.filter((room) => !sources.some(({ path }) => within(path, room)))).toEqual([]);
    const used = NEIGHBOURS.filter(
      ([from, to]) => !sources.find(({ path }) => path === from)?.files.includes(to),
    );
    expect(used).toEqual([]);
  });

  test("no ring of files imports itself", () => {
    const imports = new Map(sources.map(({ path, files }) => [path, files]));
    const done = new Set<string>();
    const rings: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      const start = trail.indexOf(path);
      if (start >= 0) rings.push([...trail.slice(start), path].join(" → "));
      if (start >= 0 || done.has(path)) return;
      for (const next of imports.get(path) ?? []) visit(next, [...trail, path]);
      done.add(path);
    };
    for (const { path } of sources) visit(path, []);
    expect(rings).toEqual([]);
  });
});

describe("what only some places may use", () => {
  test.each(Object.entries(RESERVED))("%s", (name, places) => {
    const users = sources.filter(({ packages }) => packages.includes(name)).map(({ path }) => path);
    expect(users.filter((path) => !isOneOf(path, places))).toEqual([]);
  });

  test.each(RESERVED_WORDS)("$word", ({ pattern, places }) => {
    const users = sources.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path);
    expect(users.filter((path) => !isOneOf(path, places))).toEqual([]);
  });

  test("shared needs nothing but zod, so that a browser can load it", () => {
    const wrong = sources
      .filter(({ path }) => within(path, "shared"))
      .flatMap(({ path, packages }) => packages.map((name) => ({ path, name })))
      .filter(({ name }) => !SHARED_PACKAGES.includes(name));
    expect(wrong).toEqual([]);
  });
});

test("no file grows beyond what can be read at one go", () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ path, lines }) => lines > (MAY_BE_LONGER[path] ?? MOST_LINES));
  expect(long).toEqual([]);
});

describe("the README's map of rooms", () => {
  const block =
    /^## Map of rooms$[\s\S]*?^```\w*\n([\s\S]*?)^```$/m.exec(
      readFileSync(`${ROOT}README.md`, "utf8"),
    )?.[1] ?? "";
  // A line begins with one or more paths, then blanks, then words about them.
  const heads = block
    .split("\n")
    .filter(Boolean)
    .map((line) => line.split(/ {2,}/)[0]?.split(", ") ?? []);

  test("names every room, and nothing that is no room", () => {
    const named = heads.flat();
    const rooms = [...TOWER.map(({ path }) => path), ...Object.keys(BESIDE)];
    // Small parts of the server's root stand in another's line, by their file names.
    const words = new Set(block.split(/[\s,;()]+/));
    const isNamed = (room: string) =>
      named.includes(room) || (room.endsWith(".ts") && words.has(room.slice("server/".length)));
    expect(rooms.filter((room) => !isNamed(room))).toEqual([]);
    expect(named.filter((name) => !rooms.includes(name))).toEqual([]);
  });

  test("goes from the top down", () => {
    const floors = heads.flatMap((head) => TOWER.find(({ path }) => path === head[0])?.floor ?? []);
    expect(floors).toEqual(floors.toSorted((left, right) => right - left));
  });
});
