// Bundles src/ into ../static/ (committed, carried by the wheel). With "tests" it bundles the tests instead, with
// "verify" it only compares.
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const common = { bundle: true, logLevel: "warning", logLimit: 8, charset: "utf8", legalComments: "none" };
const browser = { ...common, target: ["chrome86", "firefox91", "safari15"], minify: true, format: "iife" };

if (process.argv[2] === "tests") {
  rmSync(".tests", { recursive: true, force: true });
  const tests = readdirSync("tests").filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.map((name) => `tests/${name}`),
    outdir: ".tests",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    target: "node20",
  });
} else {
  const verify = process.argv[2] === "verify";
  const made = await Promise.all([
    build({ ...browser, write: false, entryPoints: ["src/app.ts"], outfile: "../static/app.js" }),
    build({ ...browser, write: false, entryPoints: ["src/app.css"], outfile: "../static/app.css" }),
    build({
      ...browser, write: false, entryPoints: ["src/large.ts"], outfile: "../static/large.js", globalName: "kgLarge",
      banner: { js: "/* sigma.js 3.0.2 and graphology 0.26.0, MIT licence: see LICENSES.txt */" },
    }),
  ]);
  for (const file of made.flatMap((one) => one.outputFiles)) {
    if (!verify) writeFileSync(file.path, file.contents);
    else if (readFileSync(file.path, "utf8") !== file.text) {
      console.error(`${file.path} is not what src/ gives: run npm run build`);
      process.exitCode = 1;
    }
  }
}
