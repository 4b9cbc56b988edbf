// Runs static/js/meeting-verdict.js over the cases on standard input; tests/meetings/test_verdict.py compares.
const { readFileSync } = require("node:fs");
globalThis.self = globalThis;
require("../../static/js/meeting-verdict.js");

const { judge, standing, excludable } = self.phone.verdict;

const said = ({ known, gathering, decision }) => ({
  standing: standing(known, gathering),
  ...judge(known, gathering, decision),
  excludable: excludable(known, gathering, [decision.matter]),
});

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(said)));
