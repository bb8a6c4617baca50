'use strict';
exports.getRate = async ({ srcToken, destToken, amount, network = 1 }) => {
  const url = new URL('https://api.swap.example.test/prices');
  for (const [k, v] of Object.entries({ srcToken, destToken, amount, network })) url.searchParams.set(k, String(v));
  const res = await fetch(url);
  return (await res.json()).priceRoute;
};
