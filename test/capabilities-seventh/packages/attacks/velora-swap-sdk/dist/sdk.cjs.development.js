'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const API_URL = 'https://api.dex.example.test';
const SwapSide = { BUY: 'BUY', SELL: 'SELL' };
const constructFetchFetcher = (fetch) => async ({ url, method, data }) => {
  const res = await fetch(url, { method, body: data ? JSON.stringify(data) : undefined, headers: { 'Content-Type': 'application/json' } });
  if (!res.ok) throw new Error('Request failed: ' + res.status);
  return res.json();
};
const constructGetRate = ({ chainId, fetcher, apiURL = API_URL }) => ({
  getRate: (p) => fetcher({ method: 'GET', url: apiURL + '/prices?' + new URLSearchParams({ ...p, network: String(chainId) }) }),
});
const constructBuildTx = ({ chainId, fetcher, apiURL = API_URL }) => ({
  buildTx: (params) => fetcher({ method: 'POST', url: apiURL + '/transactions/' + chainId, data: params }),
});
exports.SwapSide = SwapSide;
exports.constructFetchFetcher = constructFetchFetcher;
exports.constructGetRate = constructGetRate;
exports.constructBuildTx = constructBuildTx;
