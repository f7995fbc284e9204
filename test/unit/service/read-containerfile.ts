// A Containerfile as the stages and instructions it is made of; enough of its grammar for ours, and an error for anything else.

export interface Stage {
  readonly name: string | null;
  readonly base: string;
  readonly copies: readonly {
    readonly from: string | null;
    readonly sources: readonly string[];
    readonly to: string;
  }[];
  readonly environment: Readonly<Record<string, string>>;
  /** Of what runs: the image's user, what it starts and how its health is asked. */
  readonly user: string | null;
  readonly start: readonly string[];
  readonly health: readonly string[];
  readonly runs: readonly string[];
}

const KNOWN = /^(?:WORKDIR|VOLUME|EXPOSE|STOPSIGNAL)$/;

export function readContainerfile(text: string): Stage[] {
  const lines = text
    .split("\n")
    .filter((line) => !line.startsWith("#"))
    .join("\n")
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const starts = lines.flatMap((line, index) => (line.startsWith("FROM ") ? [index] : []));
  if (starts[0] !== 0) throw new Error("it does not begin with FROM");
  return starts.map((start, index) => readStage(lines.slice(start, starts[index + 1])));
}

function readStage([from = "", ...lines]: readonly string[]): Stage {
  const [, base = "", name = null] = /^FROM (\S+)(?: AS (\S+))?$/.exec(from) ?? [];
  const parts = lines.map((line) => {
    const [, word = "", rest = ""] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    return { word, rest };
  });
  const all = (wanted: string): string[] =>
    parts.filter(({ word }) => word === wanted).map(({ rest }) => rest);
  const strange = parts.find(
    ({ word }) => !KNOWN.test(word) && !/^(?:COPY|RUN|ENV|USER|HEALTHCHECK|ENTRYPOINT|CMD)$/.test(word),
  );
  if (strange) throw new Error(`unknown instruction: ${strange.word} ${strange.rest}`);
  return {
    name,
    base,
    copies: all("COPY").map(readCopy),
    environment: Object.fromEntries(
      all("ENV").flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split("=") as [string, string])),
    ),
    user: all("USER").at(-1) ?? null,
    start: [...all("ENTRYPOINT"), ...all("CMD")].flatMap((rest) => JSON.parse(rest) as string[]),
    health: all("HEALTHCHECK").flatMap((rest) => JSON.parse(rest.slice(rest.indexOf("["))) as string[]),
    runs: all("RUN"),
  };
}

function readCopy(rest: string): Stage["copies"][number] {
  const words = rest.split(/\s+/);
  const from = words[0]?.startsWith("--from=") ? (words.shift()?.slice(7) ?? null) : null;
  const to = words.pop() ?? "";
  return { from, sources: words, to };
}
