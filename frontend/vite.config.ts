import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The bundle: hashed files beside a manifest that the Django shell view reads. */
export default defineConfig({
  plugins: [react()],
  base: "./",
  publicDir: false,
  build: {
    outDir: "static/frontend",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // The content security policy has no data: source.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["src/main.tsx", "src/icon.svg"] },
  },
});
