import { Route, Switch } from "wouter";
import { CalculatorPage } from "./components/calculator/CalculatorPage";
import { EmptyNotice } from "./components/common/Notices";
import { ItemPage } from "./components/item/ItemPage";
import { MarketPage } from "./components/market/MarketPage";
import { Shell } from "./components/shell/Shell";
import { useIsPhone } from "./components/shell/useIsPhone";
import { ValuesPage } from "./components/values/ValuesPage";

/** The first page: the market, or on a phone the calculator. */
function Home() {
  return useIsPhone() ? <CalculatorPage /> : <MarketPage />;
}

export function App() {
  return (
    <Shell>
      <Switch>
        <Route path="/" component={Home} />
        <Route path="/market" component={MarketPage} />
        <Route path="/values" component={ValuesPage} />
        <Route path="/items" component={ValuesPage} />
        <Route path="/items/:slug">{({ slug }) => <ItemPage key={slug} slug={slug} />}</Route>
        <Route path="/calculator" component={CalculatorPage} />
        <Route>
          <h1 className="visually-hidden">No such page</h1>
          <EmptyNotice title="There is no such page">
            The navigation above leads to those there are.
          </EmptyNotice>
        </Route>
      </Switch>
    </Shell>
  );
}
