import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["pages/**/*.js", "tests/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    linterOptions: { noInlineConfig: true },
    rules: {
      "complexity": ["error", 20],
      "curly": ["error", "multi-line"],
      "eqeqeq": "error",
      "max-depth": ["error", 4],
      "max-len": ["error", { code: 120 }],
      "max-lines-per-function": ["error", { max: 80, skipComments: true }],
      "no-shadow": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "prefer-template": "off",
    },
  },
  { files: ["tests/**/*.js"], languageOptions: { globals: globals.node } },
];
