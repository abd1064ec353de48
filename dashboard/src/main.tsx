import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isWorthRetrying } from "./api/queries";
import { App } from "./app";
import { startTheme } from "./components/shell/theme";
import { Connection } from "./live/connection";
import { LiveProvider } from "./live/context";
import { MarketStore } from "./live/marketStore";
import { followVisibility } from "./live/visibility";
import "./styles/base.css";

const store = new MarketStore((callback) => requestAnimationFrame(callback));
const connection = new Connection(store);
const queries = new QueryClient({
  defaultOptions: {
    // Fresh data comes by the stream and with snapshots: nothing is fetched for the sake of the clock or focus.
    queries: { retry: isWorthRetrying, staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false },
  },
});

startTheme();
followVisibility(connection);
void connection.resync();

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <LiveProvider live={{ store, connection }}>
        <App />
      </LiveProvider>
    </QueryClientProvider>
  </StrictMode>,
);
