import{a,b,c,d}from"./chunk-CRXEL5ZA.js";import"./chunk-7IDHZSVB.js";import"./chunk-SOYRNPZE.js";import"./chunk-N3DMHQD4.js";export{c as Contributions,d as MergeDesk,a as default,b as judge};
