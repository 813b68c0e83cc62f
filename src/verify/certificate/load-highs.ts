import highs from 'highs';

// The package's types describe its CommonJS build; its ES module exports the loader itself as default.
const loader = highs as unknown as typeof highs.default;

/** HiGHS in WebAssembly, a fresh runtime each call. */
export const loadHighs: typeof highs.default = loader;
