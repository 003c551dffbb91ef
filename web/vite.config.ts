import { resolve } from "node:path";
import { defineConfig } from "vite";

const target = resolve(import.meta.dirname, "dist");

/** The pages load `explorer.js`, which fetches the rest when a page needs it; the file of one network holds all in `network.js`. */
export default defineConfig(({ mode }) =>
  mode === "standalone"
    ? {
        build: {
          outDir: target,
          emptyOutDir: false,
          target: "es2022",
          license: { fileName: "network.licences.md" },
          lib: {
            entry: resolve(import.meta.dirname, "src/standalone.ts"),
            formats: ["iife"],
            name: "stikgNetwork",
            fileName: () => "network.js",
            cssFileName: "network",
          },
        },
      }
    : {
        base: "./",
        build: {
          outDir: target,
          emptyOutDir: true,
          target: "es2022",
          cssCodeSplit: false,
          modulePreload: false,
          license: { fileName: "explorer.licences.md" },
          rolldownOptions: {
            input: { explorer: resolve(import.meta.dirname, "src/explorer.ts") },
            output: {
              entryFileNames: "[name].js",
              chunkFileNames: "parts/[name]-[hash].js",
              assetFileNames: "explorer[extname]",
            },
          },
        },
      },
);
