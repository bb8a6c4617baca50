document.querySelector('#app').innerHTML = `<h1>Hello Stackling</h1><button id="counter">0</button>`;
let n = 0;
document.querySelector('#counter').addEventListener('click', (e) => { e.target.textContent = String(++n); });
