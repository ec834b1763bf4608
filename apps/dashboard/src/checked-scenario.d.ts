/** Scenario files that are read and checked while the page is built; see scripts/checked-scenario.mjs. */
declare module '*.yaml?checked' {
  export const text: string;
  export const config: import('@llmsim/config').ScenarioConfig;
}
