// Twilio's published OpenAPI as a judge: which requests it allows, and the answers it gives as examples.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";

interface Schema {
  readonly [key: string]: unknown;
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Answered>> }>>;
}
interface Answered {
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}
type Path = { readonly parameters?: readonly Parameter[] } & Readonly<Record<string, Operation>>;

/** A request as it came in, below the address of the API. */
export interface FormRequest {
  readonly method: string;
  /** Path and query as on the wire. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: string;
}

export interface TwilioOpenApi {
  /** What is wrong with a request, in words; empty when nothing is. */
  problemsOf(request: FormRequest): string[];
  /** The published examples of the answer; empty when the operation is not declared. */
  examplesFor(request: FormRequest): { readonly status: number; readonly body: unknown }[];
  /** "POST /2010-04-01/Accounts/{AccountSid}/Calls.json", or undefined. */
  nameOf(request: FormRequest): string | undefined;
}

const FORM = "application/x-www-form-urlencoded";

export function readTwilioOpenApi(file: string): TwilioOpenApi {
  const document = JSON.parse(readFileSync(file, "utf8")) as {
    paths: Record<string, Path>;
    components: unknown;
  };
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes: false });
  ajv.addSchema({ $id: "twilio", components: document.components });

  const find = ({ method, url }: FormRequest) => {
    const path = new URL(url, "http://twilio").pathname;
    for (const [template, declared] of Object.entries(document.paths)) {
      const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
      const pattern = template.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "([^/]+?)");
      const values = new RegExp(`^${pattern}$`).exec(path)?.slice(1);
      const operation = declared[method.toLowerCase()];
      if (!values || !operation) continue;
      const parameters = [...(declared.parameters ?? []), ...(operation.parameters ?? [])];
      const inPath = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
      return { template, operation, parameters, inPath };
    }
    return undefined;
  };
  /** As JSON would have it: what a form field of this schema means. */
  const readField = (schema: Schema, values: readonly string[]): unknown => {
    const [first = ""] = values;
    if (schema.type === "array") return values;
    if (values.length > 1) return values;
    if (schema.type === "integer" || schema.type === "number") return Number(first);
    if (schema.type === "boolean") return first === "true" ? true : first === "false" ? false : first;
    return first;
  };
  const rooted = (schema: Schema): Schema =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"twilio#/components')) as Schema;
  const check = (where: string, schema: Schema, value: unknown): string[] => {
    const validate = ajv.compile(rooted(schema));
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const formProblems = (operation: Operation, request: FormRequest): string[] => {
    if (request.body === "") return [];
    const schema = operation.requestBody?.content[FORM]?.schema;
    if (!schema) return ["has a body where none is declared"];
    if (!request.contentType?.startsWith(FORM)) return [`is sent as ${request.contentType}`];
    const form = new URLSearchParams(request.body);
    const properties = schema.properties ?? {};
    const value = Object.fromEntries(
      [...new Set(form.keys())].map((name) => [name, readField(properties[name] ?? {}, form.getAll(name))]),
    );
    return check("form", { ...schema, additionalProperties: false }, value);
  };
  const missingForm = (operation: Operation, request: FormRequest): string[] =>
    request.body === "" && (operation.requestBody?.content[FORM]?.schema.required ?? []).length > 0
      ? ["lacks its form"]
      : [];
  const queryProblems = (parameters: readonly Parameter[], url: string): string[] => {
    const query = new URL(url, "http://twilio").searchParams;
    return [...new Set(query.keys())].flatMap((name) => {
      const declared = parameters.find((each) => each.in === "query" && each.name === name);
      return declared
        ? check(`query ${name}`, declared.schema, readField(declared.schema, query.getAll(name)))
        : [`query ${name} is not declared`];
    });
  };

  return {
    nameOf: (request) => {
      const found = find(request);
      return found && `${request.method} ${found.template}`;
    },
    problemsOf: (request) => {
      const found = find(request);
      if (!found) return [`${request.method} ${request.url}: is no operation`];
      const { operation, parameters, inPath } = found;
      const pathProblems = parameters
        .filter((each) => each.in === "path")
        .flatMap(({ name, schema }) => check(`path ${name}`, schema, inPath[name]));
      return [
        ...pathProblems,
        ...queryProblems(parameters, request.url),
        ...formProblems(operation, request),
        ...missingForm(operation, request),
      ].map((problem) => `${request.method} ${request.url}: ${problem}`);
    },
    examplesFor: (request) => {
      const responses = find(request)?.operation.responses ?? {};
      return Object.entries(responses).flatMap(([status, answer]) =>
        Object.values(answer.content?.["application/json"]?.examples ?? {}).map(({ value }) => ({
          status: Number(status),
          body: value,
        })),
      );
    },
  };
}
