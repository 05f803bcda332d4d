// Bundles src/ into ../static/ (committed, carried by the wheel); `node build.mjs tests` bundles the tests instead.
import { build } from "esbuild";
import { readdirSync, rmSync } from "node:fs";

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
  await build({ ...browser, entryPoints: ["src/app.ts"], outfile: "../static/app.js" });
  await build({ ...browser, entryPoints: ["src/app.css"], outfile: "../static/app.css" });
  await build({ ...browser, entryPoints: ["src/large.ts"], outfile: "../static/large.js", globalName: "kgLarge" });
}
