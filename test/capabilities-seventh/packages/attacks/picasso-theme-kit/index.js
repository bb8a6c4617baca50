module.exports = {
  palette: { primary: '#204ecf', grey: { dark: '#455065', light: '#f3f4f6' }, green: '#03b080', red: '#d42551' },
  spacing: [0, 4, 8, 16, 24, 32, 40],
  typography: { fontFamily: 'proxima-nova, Arial, sans-serif', sizes: [11, 13, 15, 18, 23] },
};
