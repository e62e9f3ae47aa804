// Validates the AsyncAPI document by AsyncAPI's own parser: node validate.mjs FILE
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
for (const { severity, message, path } of diagnostics) if (severity < 2) console.error(`${path.join(".")}: ${message}`);
process.exit(document ? 0 : 1);
