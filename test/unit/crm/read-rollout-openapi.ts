// Rollout's OpenAPI as a judge: which requests it allows, and answers made up from its schemas.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { RecordedRequest } from "../../helpers/scripted-http.ts";

export interface Schema {
  readonly [key: string]: unknown;
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}
interface Content {
  readonly content?: { readonly "application/json"?: { readonly schema: Schema } };
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

/** `nulls`: null wherever the schema allows it, and the last of several possibilities. */
export type SampleKind = "full" | "nulls";

export interface RolloutOpenApi {
  /** What is wrong with a request, in words; empty when nothing is. */
  problemsOf(request: RecordedRequest): string[];
  /** An answer the schema of this request allows; undefined when the operation or the status is not declared. */
  answerTo(
    request: RecordedRequest,
    kind: SampleKind,
    status?: number,
  ): { status: number; body: unknown } | undefined;
}

/** Documented beside the OpenAPI ("How to search for contacts"). */
const SEARCH_FILTERS = new Set(["email", "phone", "tags"]);
/** Made up values by the name of the field, so that they mean something to whoever reads them. */
const VALUES: Readonly<Record<string, string>> = {
  ...{ phone: "4165550100", value: "4165550100", email: "pat@example.com", url: "https://gw.example.com/x" },
  ...{ created: "2026-03-02T15:00:00.000Z", updated: "2026-03-02T15:00:00.000Z", next: "cursor-2" },
};

export function readRolloutOpenApi(file: string): RolloutOpenApi {
  const { paths } = JSON.parse(readFileSync(file, "utf8")) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes: false });

  const operationOf = ({ method, path }: RecordedRequest): Operation | undefined => {
    const asked = path.replace(/^\/api/, "");
    const template = Object.keys(paths).find((each) =>
      new RegExp(`^${each.replace(/\{\w+\}/g, "[^/]+")}$`).test(asked),
    );
    return template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
  };
  const bodyProblems = (operation: Operation, json: unknown): string[] => {
    const schema = schemaOf(operation.requestBody);
    if (!schema) return json === undefined ? [] : ["has a body where none is declared"];
    const validate = ajv.compile(closed(schema));
    if (validate(json)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `body${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const queryProblems = (operation: Operation, request: RecordedRequest): string[] =>
    [...request.query].flatMap(([name, value]) => {
      const declared = operation.parameters?.find((parameter) => parameter.name === name);
      if (declared)
        return declared.schema.type !== "number" || /^\d+$/.test(value) ? [] : [`${name} is no number`];
      return request.path === "/api/people" && SEARCH_FILTERS.has(name) ? [] : [`${name} is not declared`];
    });

  return {
    problemsOf: (request) => {
      const operation = operationOf(request);
      if (!operation) return ["is no operation"];
      const { authorization = "", "x-rollout-credential-id": credential = "" } = request.headers;
      return [
        ...(authorization.startsWith("Bearer ") && credential !== "" ? [] : ["lacks a header"]),
        ...bodyProblems(operation, request.json),
        ...queryProblems(operation, request),
      ].map((problem) => `${request.method} ${request.path}: ${problem}`);
    },
    answerTo: (request, kind, wanted) => {
      const responses = operationOf(request)?.responses ?? {};
      const status = Object.keys(responses).find((each) =>
        wanted === undefined ? each.startsWith("2") : each === String(wanted),
      );
      const schema = status === undefined ? undefined : schemaOf(responses[status]);
      if (!schema) return undefined;
      const body = sample(schema, kind, "");
      // A made up answer that the schema does not allow would prove nothing.
      if (!ajv.compile(schema)(body)) throw new Error(`no good sample for ${request.method} ${request.path}`);
      return { status: Number(status), body };
    },
  };
}

const schemaOf = (content: Content | undefined): Schema | undefined =>
  content?.content?.["application/json"]?.schema;

/** The schema without room for fields it does not name. */
function closed(schema: Schema): Schema {
  return {
    ...schema,
    ...(schema.anyOf && { anyOf: schema.anyOf.map(closed) }),
    ...(schema.items && { items: closed(schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, value]) => [name, closed(value)]),
      ),
      additionalProperties: false,
    }),
  };
}

function sample(schema: Schema, kind: SampleKind, name: string): unknown {
  if ("const" in schema) return schema.const;
  if (schema.anyOf) {
    const options = schema.anyOf.map((each) => (each.type === "null" ? null : sample(each, kind, name)));
    return kind === "full" ? options[0] : options.includes(null) ? null : options.at(-1);
  }
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sample(value, kind, key)]),
      );
    case "array":
      return schema.items ? [sample(schema.items, kind, name)] : [];
    case "number":
      return 7;
    case "boolean":
      return kind === "full";
    default:
      return VALUES[name] ?? `${name || "text"}-1`;
  }
}
