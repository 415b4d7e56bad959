import{a,b,c,d}from"./chunk-LSRL4LGF.js";import"./chunk-TBOKQKXP.js";import"./chunk-SOYRNPZE.js";import"./chunk-N3DMHQD4.js";export{c as Contributions,d as MergeDesk,a as default,b as judge};
