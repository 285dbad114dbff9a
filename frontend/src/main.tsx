import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { isPassing } from "./core/problem";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/pages.css";
import "./styles/keys.css";
import "./styles/lead.css";
import "./styles/bench.css";
import "./styles/stage.css";
import "./styles/dock.css";
import "./styles/marks.css";
import "./styles/save.css";
import "./styles/tour.css";
import "./styles/guide.css";
import "./styles/tools.css";
import "./styles/small.css";
import "./styles/compact.css";
import "./styles/fair.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && isPassing(error),
      throwOnError: false,
    },
    mutations: { retry: false },
  },
});

const root = document.getElementById("root");
if (!root) throw new Error("The shell has no root element");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
