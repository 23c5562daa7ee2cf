// SPDX-License-Identifier: Apache-2.0
// Checks JSON values against the types of a vendor's client, which the vendor makes from its published schema: node types.mjs VENDOR CHECKS
import path from 'node:path';
import ts from 'typescript';

const [vendor, checks] = process.argv.slice(2);
const packages = { stripe: "import Stripe from 'stripe';" };

/** What a double leaves out is not wrong; a field that is not the vendor's, or of another type, is. */
const some = 'type Some<T> = T extends (infer U)[] ? Some<U>[] : T extends object ? { [K in keyof T]?: Some<T[K]> } : T;';
const values = JSON.parse(checks).map(({ type, value, whole }, n) => {
  const wanted = whole ? type : `Some<${type}>`;
  return `export const value${n}: ${wanted} = ${JSON.stringify(value)};`;
});
const file = path.join(import.meta.dirname, 'checked.ts');
const source = [packages[vendor], some, ...values].join('\n');

const options = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.fileExists = (name) => name === file || fileExists(name);
host.readFile = (name) => (name === file ? source : readFile(name));
host.getSourceFile = (name, ...rest) =>
  name === file ? ts.createSourceFile(name, source, options.target) : getSourceFile.call(host, name, ...rest);
const faults = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));
console.log(JSON.stringify(faults.map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, ' '))));
