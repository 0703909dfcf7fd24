// Generated from assembly/ by scripts/asbuild.ts: 17605 bytes of WebAssembly.

/** The WebAssembly module as text, one unit a byte; see wasm/module-text.ts. */
export const codecWasm: string =
  "#\x84\x96\x90$###$p.\x83(¢¢¢¢¢$¢\x83&¢¢¢$¢\x83%¢¢$¢\x83'¢¢¢¢$¢\x83)¢¢¢¢¢¢$¢\x83%¢¡$¢\x83*¢¢¡¢¢¢¢#\x83#$¢\x83##\x83$¢#\x83)¢¢¢¢¢¢#&KJ#&'%$%&&(%" +
  "%)$*%%###########$'&$+$##,$$-()$$´%´%)j1¢$d#.¢$d#.¢$d#.¢$d#.¡$e#.¢$d#.¢$d#.¢$d#.¢$d#.¢$d#.¢$d#.¢$d#." +
  "¢$d#.¢$d#.*m)-\x86\x8f\x88\x84\x95v\x93\x84\x91\x96#B*\x86\x92\x8f\x98\x90\x91\x96#I0\x8a\x84\x97\x8b\x88\x95v\x97\x95\x8c\x91\x8a\x96#G.\x8f\x92\x84\x87p\x84\x95\x8e\x88\x95\x96#F+\x93\x84\x86\x8eu\x92\x9a\x96#D)\x90\x88\x90\x92\x95\x9c%#/$*-ú¢Jã&%%¢$¡" +
  "C#P##E(dí$i'¡C#d(\x8dD(C#K%$E)d£!¦\x9b\x94d+\x9aC)d\"¤\u001f*\x94d+\x9b\x95Ï(C(ãE)d\x93q'¡C#d$\x8dD(C)Ï(C(dì$i'¡C#d&\x8dD(C#R$$E)d+\x97C)d+" +
  "\x99\x95äÏ(C(dî$i'¡C#d,\x8dD(C#L&$E*e+«e\"¤\u001fª\u0013Âã\"#¦C*e\"¤\u001fª\u0013Âã\"#¦e+©§E*e3«e\"\"¦£\u0013\"b¦C*e\"\"¦£\u0013\"b¦e3©§eC\xad(C(dë$i'¡C" +
  "#d%\x8dD(C#S#$(d#2.....D*C$C(l'cd#2.C%K%'F,C&d$\x8d\x8fC'\x8dd&\x97\x8dD$C%K%?C&\x99d$\x94'cC*e\"\"\"\"\"\"\"2zC*e¤££££££\x93|\x94'cC$C*Ü" +
  "\\&#(C%R$;C&\x8dd$\x8dD%C$C#d£Ã=\x8eY%#C$C(d£Ã=\x8eY%'C%F,\x8fd£ã]\x8dD#C%d£«'\x8dE$P##h'cC$d$]##C#d#F,\u001f.#.C#C'\x8dd%]##.(C*ç" +
  "C*t'cC$C*a%#(C#C(C*C$C%R$;C&\x8dd$\x8dC'd$3...C(.B#C#C$C%d$\x8dd(\x97\x8dK%'C&d&\x97\x8dN&#\u001f)3+.\u0018'%%¢$¡C#C$r'cd#2.C#P##d$" +
  "\x97d£»'\x8dP##D)C(d\"$\x94E*'¢%¢C)d'iC*d$i0#=C)d(iC*d%i0#=C)d*iC)d)i\x95C*d&i0#=C)d&iC)d%i\x95C*d'i0#=C)d.iC)d-i\x95C*" +
  "d(i0#=C*d)i'cC)d,iC)d+i\x95'¢C#C$32d#j(d#./$.d#.(d$.h'cd#2.%cC)d$i'cd$D%/$.C)d&iE*C)d%i\x95'cC%C*Y%#d)D%/$" +
  ".C)d'i'cC#C$3-E$'cC#C$F'C%C&C'C(3..C$2.C)d(i'cC#d,\x8dC$n'cd#2.C%C#L&$E+e+«e\"¤\u001fª\u0013Âã\"#¦C+e\"¤\u001fª\u0013Âã\"#¦e+©§" +
  "E+e3«e\"\"¦£\u0013\"b¦C+e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C&F,\x8fd£ã]\x8dD$C&d£«'\x8dE%P##h'cC%d$]##C$d#F,\u001f.#.C$C'\x8dd']##C#d,\x8d2.C)d*" +
  "iC)d)i\x95'cC#C$3&E#d#C#'¢C%C&C'd#3*(d#.>2.C#C$F.3'E$h'cd#2.F/d$\x8dG/C%C#d£Ã=\x8eY%#C%C$d£Ã=\x8eY%'C&F,\x8fd£ã]\x8dD#" +
  "C&d£«'\x8dE%P##h'cC%d$]##C#d#F,\u001f.#.C#C'\x8dd%]##C$2.C&F,\x8fd£ã]\x8dD$C&d£«'\x8dE&P##h'cC&d$]##C$d#F,\u001f.#.C$C'\x8dC%]##" +
  "C#d$\x8d.F#C#C$d)d*3)E#hF)C$C#\x8en\x95'cd#2.C#F)\x8d.\f&$&¢%cC#C$r0#C#P##d$\x97d£»'\x8dR$#E(d\"$\x94E&h0#C#d$\x8dD#C&d'l'cC#2" +
  ".C(d+\x99D'C(d\"$\x94E&d(iC&d'i\x95C&d1i\x95'cC#C'\x8dE#d#C#C$p>2.C'D&C(d$\x94'cC#C&\x8dC$n0$%¢C&d$i'cC#P##/$.C&d%i'cC#R$#" +
  "E&d+\x97C&d+\x99\x95d\"\"&\x94/$.C#K%#E&d£!¦\x9b\x94d+\x9aC&d\"¤\u001f*\x94d+\x9b\x95.D&C#C'\x8dD#.C$C#\x8eD'C(d\"$\x94d*p'cC#C&\x8dd#C&C'p'¢C#C&3,(d#." +
  ">2.C(d\"$\x94d2i'cC#C&\x8dd#C&C'p>2.C%d#o0#C(d\"$\x94d,p'cC&C'n0$&cC&'cC#C$C%d$\x8e3'E#h0&C&d$\x8eD&/$..C#2.C(d\"$\x94d.p" +
  "'cC&C'd$\x99n0$&cC&'cC#C$3&E#'¢F(F)3,(d#.h0&C#C$C%d$\x8e3'E#h0&C&d$\x8eD&/$..C#2.C'hC&C'd$\x8en\x950#C#d$\x8dD#&cC&'cC" +
  "#C$C%d$\x8e3'E#h0%C&d$\x8eD&/$..C#2.d#.\"%%&¡-¢C#L&#D%C$d+l'cC%e$C$d&\x97Ð©e$\xa0¦D%.C%eÈá\u0006\u0017ô¯ªüÂ¢¡D&d+D(&cC$C(n'" +
  "cC#C(\x8dL&#D'C$C(\x8eE)d+r'¡C'(C'e$C)d&\x97Ð©e$\xa0¦.C&e:¬¨eÈá\u0006\u0017ô¯ªüÂ¢¡D&C(d+\x8dD(/$..C&eK«ÊC$\x96d\"B\x94D)&cC+d+k'cC)d" +
  "'\x97d£Ã-\x8dE1K%+E,h'cC1G&d¢2.C1L&#C%t'¢C1R$1C$i(d#.'cC$d+p'cd$D*(C#d+\x8dD.C,d+\x8dD/C$d+\x8eD-d#D(%c&cC(C-l'cC(C" +
  ".\x8dL&#C(C/\x8dL&#¨D&d#D*C-C(\x8eE0d+r'¡C&(C&e$C0d&\x97Ð©e$\xa0¦.e#u0%C(d+\x8dD(/$..d$D*..C*'cC,G%C1R$/2..C)d$\x8dd\"B\x94D)" +
  "C+d$\x8dD+/$..d#G&d¢.ç$$%¢C#C$r'cd#2.C#P##d$\x97d£»'\x8dR$#E(d+\x99D'C(d\"$\x94C%d\"$\x94i'cC#d$\x8dG(C'G)F(2.C(d\"$\x94C&d\"$\x94j" +
  "'cd#2.C#d$\x8dC'\x8dG(F(C$n'cd#2.C#d$\x8dD#%¢C'd$i'cC#P##/$.C'd%i'cC#R$#E#d+\x97C#d+\x99\x95d\"\"&\x94/$.C#K%#E#d£!¦\x9b\x94d+\x9aC#" +
  "d\"¤\u001f*\x94d+\x9b\x95.G)F(.s#C#F*Y%#30h'cd#2.C&h'cC$F,\x8fd£ã]\x8dD#C$d£«'\x8dE$P##h'cC$d$]##C#d#F,\u001f.#.C#C%\x8dd(]##.d$.\u001c$$" +
  "$¢C$e\"#zC$e\x93|\x94'cC#C$_##C#d$\x8d2.C$ÊãÏC$t'cC#dë$]##C#C$_#$C#d%\x8d2.C$ÊE%äÏC$t'cC#dì$]##C#C%d+\x97C%d\"\"&\x94d+\x99\x95" +
  "^$$C#d&\x8d2.C$çC$t'cC#dí$]##C#C$ÊE%d£!¦\x9b\x94d+\x9aC%d\"¤\u001f*\x94d+\x9b\x95Y%$C#d(\x8d2.C#dî$]##C#C$e+«e\"¤\u001fª\u0013Âã\"#¦C$e\"¤\u001fª\u0013Âã" +
  "\"#¦e+©§E$e3«e\"\"¦£\u0013\"b¦C$e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C#d,\x8d.§&$%¢C$D&%¢&cC%d3\x8dE$C&p'cd#C#C%\x8d #'# \x870%=C$D%/$..C&C" +
  "%\x8eE$'¢C#C%\x8d #'# \x87d$C$\x97d$\x8e\x94(d#.h.'cd$2.C#C&\x8dD$%c&cC#C$l'cC#P##E%d£$l'¢C#d$\x8d(C%d\u0003$l'¢C%då$lC#d%\x8dC$n\x95'¢" +
  "d$(C#P#$dã$\x94d£$j.0'C#d%\x8d(C%d\u0013$l'¢C#d&\x8dC$n0(C#P#$E&dã$\x94d£$j'¢d$(C#P#%dã$\x94d£$j.0(C&db\x94C%d2\x94d)\x97\x95E%d\u0003*\x94d" +
  "\u0003)iC%dCl\x950(C#d&\x8d(C#d'\x8dC$nC%d\u0017$n\x950(C#P#$E&dã$\x94d£$j'¢d$(C#P#%dã$\x94d£$j.'¢d$(C#P#&dã$\x94d£$j.0(C&db\x94C%d*\x94d" +
  ")\x97\x95E%d3lC%d²%n\x950(C#d'\x8d...D#/$..d$2.d#.\u0017$%$¡$¢C#C$r'cd#2.C#P##d$\x97d£»'\x8dR$#E&d\"$\x94d'j'cd#2.C&d+\x99E&h'cC#S" +
  "##G'C#d$\x8d2.C$C#d$\x8dC&\x8dE$l'cd#2.C&d$i'¡C#S#$(C&d%i'¡C#R$$E#d+\x97C#d+\x99\x95äÏ(C&d'i'¡C#K%$E#d£!¦\x9b\x94d+\x9aC#d\"¤\u001f*\x94" +
  "d+\x9b\x95Ï(C#L&$E%e+«e\"¤\u001fª\u0013Âã\"#¦C%e\"¤\u001fª\u0013Âã\"#¦e+©§E%e3«e\"\"¦£\u0013\"b¦C%e\"\"¦£\u0013\"b¦e3©§eC\xad...G'C$.É$#C)d\"$\x94d$F->'¢" +
  "C%çC%t'¢C&C%a%#d&(C%e\"\"\"\"\"\"\"2zC%e¤££££££\x93|\x94'¢C&C%Ü\\&#d'(C&C#d£Ã=\x8eY%#C&C$d£Ã=\x8eY%'d%..(C&C%Z&#d*.D#C'F" +
  ",\x8fd£ã]\x8dD$C'd£«'\x8dE&P##h'cC&d$]##C$d#F,\u001f.#.C$C(\x8dC#]##.í&$(¢C$K%/D'C%K%'D%C$P#$h'cC$K%3d££ÿ&\x8dD(C'd££ÿ&\x8d" +
  "E*D&%¢&cC%'cd¢C&C(r0%=C&P##E)d£$l'¢C&d$\x8d(C)d\u0003$l'¢C&d%\x8d(C)d\u0013$l'¢C&d&\x8d(d¢C%d%l0(=C%d$\x8eD%C&d'\x8d...D&C%d$" +
  "\x8eD%/$..d¢C&C*\x8eC&C(n>.E%d#k'cd#2..C$C%C'\x8dY%/C'd££ÿ&\x8dD&%¢C%E$d3l'cC#C$d£$\x95]##C#C& #'# .'$C#d$\x8dC$\x8d/$.C$" +
  "d£%l'¢C#dó$]##C#C$]#$C#d%\x8d(C$d££'l'¢C#dô$]##C#C$d+\x97C$d\"\"&\x94d+\x99\x95^$$C#d&\x8d(C#dõ$]##C#C$d£!¦\x9b\x94d+\x9aC$d\"¤\u001f*\x94" +
  "d+\x9b\x95Y%$C#d(\x8d..E#C& #'# .'#C$d3n'cC$d£$n'cC#d3\x8dC&d3\x8dC$d3\x8e\u001f-##(d3D%&cC$C%n'cC#C%\x8dC%C&\x8d #'# .'#C%d3\x8dD%/" +
  "$....C#C$\x8d..Ú%$'¢F(D&F)D%%¢&cC#d3\x8dE$C%p'cd#C#C&\x8d #'# \x870%=C$D#/$..C%C#\x8eE$'¢C#C&\x8d #'# \x87d$C$\x97d$\x8e\x94(d#.h." +
  "'cF*d&\x97d££¿'\x8dF(d£Ã=\x8eE#ÐC#F)E#\x8dÐeC©§Z&#d0C#C#d0r>E#d%\x97d££ÿ'\x8dE$K%#D%C#d6\x97d£Ãÿ'\x8dC%d%\x97\x8dF*Y%#C$C%d$\x8dY%#F*" +
  "d$\x8dG*d$2.F(F)F+3AE#h'cd#2.F*d&\x97d££¿'\x8dE$F+d£ãE\x8ed$\x99d££££\x9b\x95Y%#C$C#d£ãE\x8ed$\x99Y%'dÛ£ÿ'K%#E$d%\x97d£Ã¿+\x8dF*Y%#dÛ" +
  "£ÿ'C$d$\x8dY%#F*d$\x8dG*C#G+d$.Â$%%¢$¡F#d£;rd$F&>'¢d$(F$C$\x8dd'\x8dd\u001b\"*n.'cd¢2.F$d£Ã1\x8dE%C$Y%#C%d'\x8dE&C#C$\u001f-##F$C" +
  "$d'\x8d\x8dG$C&G%C#L&#D'F&C$d+r'¡C'(C'e$C$d&\x97Ð©e$\xa0¦.Z&#F&C%d'\x8dY%+F&F#^$/F&C$^$1F#d$\x8dG#F#d$\x8e.l$$¢C#C$d+d,3)" +
  "E#h'cd#2.F)E%C$C#\x8en'cd#2.&cC%'cC#C$3&E#h'cd#2.C%d$\x8eD%/$..C#.Ä$$$¢C#C$3-E(h'cC#C$C%C&R$;C'C&P#$3%2.F'" +
  "e\"\"\"\"\"\"\"2zF'e¤££££££\x93|\x94'cC%F'Ü\\&#(C&R$;D$C%C#d£Ã=\x8eY%#C%C(d£Ã=\x8eY%'C$F,\x8fd£ã]\x8dD#C$d£«'\x8dE$P##h'cC$d$]##C" +
  "#d#F,\u001f.#.C#C'\x8dd%]##.C(.\u0011$$(¢%cC#C$d+d,3)E(hF)E+C$C(\x8en\x950#F*D*F+D,&cC)C+l'cC(C$3&E('¢30(d#.h'cC*F*j'cC" +
  "*G*C,G+d#D(&cC(d2l'cC(d6\x97d£Ãÿ'\x8dD+C(d%\x97d££ÿ'\x8dE,K%#D)&cC)'¢C+C)d$\x8ed%\x97\x8dK%#C*r(d#.'cC)d$\x8eD)/$..C,C)Y%#C(" +
  "d$\x8dD(/$.../&.C)d$\x8dD)/$..C%C*Y%#C%C+Y%'C(2.C#C$C%C&R$;C'C&P#$3%.\u0003&$(¢C#P##d$\x97d£»'\x8dR$#E)d\"$\x94d)i'cC)d+\x99" +
  "E(C#d$\x8d\x8dE)C$n'cd#2.C(d3l'¢C# #'$ \x87d$C(\x97d$\x8e\x94(d$.h'cC%F*Y%#F*d&\x97d££¿'\x8dC#d\"Â=\x8eE#ÐC#C(\x8dÐeC©§Z&#d0C(C(d0r" +
  ">E#d%\x97d££ÿ'\x8dE$K%#D%C#d6\x97d£Ãÿ'\x8dC%d%\x97\x8dF*Y%#C$C%d$\x8dY%#F*d$\x8dG*C)2.(C)dª%i'cC#P#$E,C#d%\x8d\x8dE*C$n'cd#2.C#d%\x8d" +
  "D+%¢&cC(d3\x8dE)C,p'cd#C(C+\x8d #'# \x870%=C)D(/$..C,C(\x8eE)'¢C(C+\x8d #'# \x87d$C)\x97d$\x8e\x94(d#.h.'cC%F*Y%#F*d&\x97d££¿'\x8dC#d" +
  "!Â=\x8eE#ÐC#C,\x8dÐeC©§Z&#d0C,C,d0r>E#d%\x97d££ÿ'\x8dE$K%#D%C#d6\x97d£Ãÿ'\x8dC%d%\x97\x8dF*Y%#C$C%d$\x8dY%#F*d$\x8dG*C*2...C#C$3&E" +
  "(h'cC#C$C%C&R$;C'C&P#$3%2.C(d#C%C&R$;C'd$3*>.\u001d%%)¢$¡C&P#&hE)'cC&K%/E+C#\x8dC$pd#C+>'cC&K%+D-%c&cC(C+l'c" +
  "C#C(\x8dL&#C(C-\x8dL&#¨D.C+C(\x8eE,d+r'¡C.(C.e$C,d&\x97Ð©e$\xa0¦.e#u0%C(d+\x8dD(/$..d$D*..C*'cC%C&K%3Y%#C#C+\x8d2..C#C$32" +
  "E*h'cC#C$C%C&R$;C'C&P#$3%2.C*C#\x8eE+dã#p'cC#C+3(E(d#k'cC#C$F.3'h'cd#2.C#C+31D(.C(d#q'cC)'cC&F%Y%+C&C+Y" +
  "%/C&C(Y%3.C%C(Y%#C*2..C#C$F.3'h'cd#2.C&R$;D$C%C#d£Ã=\x8eY%#C%C*d£Ã=\x8eY%'C$F,\x8fd£ã]\x8dD#C$d£«'\x8dE$P##h'cC$d$]" +
  "##C#d#F,\u001f.#.C#C'\x8dd%]##C*.°$$%¢C#P##d$\x97d£»'\x8dR$#E(d\"$\x94d)i'cC(d+\x99d$\x8dE(C#\x8dC$n'cd#2.C(dã#p'¢C#C(3((d¢.E)d" +
  "#q'cC%C)Y%#C#C(\x8d2..C#C$3&E(h'cC#C$C%C&R$;C'C&P#$3%2.C#C(C%C&R$;C'38.y$%¢C$C#\x8eE)dã#p'cC#C)3(E(d#k'cF(" +
  "F)3,h'cd#2.C#C)31D(.C(d#q'cC%C(Y%#C$2..C$d#C%C&C'd#3*>.Q$$¢C#C$3-E(h'cC#C$C%C&R$;C'C&P#$3%2.C%F'Z&#C" +
  "(.Í%%$¡$¢C#P##d$\x97d£»'\x8dR$#E)d\"$\x94d'i'cC$C)d+\x99E$C#d$\x8d\x8dE)l'cd#2.C$d%i'cC%C#R$$E#d+\x97C#d+\x99\x95äY%#(C$'cC$d'i'" +
  "cC%C#K%$E#d£!¦\x9b\x94d+\x9aC#d\"¤\u001f*\x94d+\x9b\x95Y%#(C$d$i'cC%C#O#$Y%#(C#L&$E(e+«e\"¤\u001fª\u0013Âã\"#¦C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«e\"\"¦" +
  "£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadE(C(çt'cC%C(a%#(C#C)C(C%C&R$;C'C&P#$3....(C%C#O##Y%#..C)2.C#C$C%C&R$;C'C&P#$3" +
  "%.\u0002%%)¢$¡C#C$d+d,3)D(F)E-d££$F0\x8enD)%cC('¢C-C$C(\x8ed,\x91n(d$.C)\x950#C(P##D)C-'¢C)d$\x97d£»'\x8dP##d(j(d#.0#F0d&\x97d" +
  "£ãU\x8dD,d$D+&cC+C-l'cC*C(P##C)\x96C(P#,C)\x96\x95\x95D*C,C( #'$C( #'- 0*)('&%$#:9876543 .'#C(d5\x8dD(C,d3\x8dD,C+d%\x8dD+/$" +
  "..C+C-i'cC*C(P##C)\x96\x95D*C,C(L&$E.e+«e\"¤\u001fª\u0013Âã\"#¦C.e\"¤\u001fª\u0013Âã\"#¦e+©§E.e3«e\"\"¦£\u0013\"b¦C.e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C(d" +
  ",\x8dD(.C*0#C%F0Y%#C%C-Y%'F0C-\x8dG0C(2.C#C$C%C&R$;C'C&P#$3%.°$$$¡C#d,\x8dC$p'¢C#P##d$\x97d£»'\x8dP##d(i(d#.'cC%C#L" +
  "&$E(e+«e\"¤\u001fª\u0013Âã\"#¦C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«e\"\"¦£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C#d,\x8d2.C#C$C%C&R$;C'C&P#$3%.p$" +
  "%¢C#C$l'cC#P##d$\x97d£»'\x8dP##E)d&iE(C)d%i\x95'cC%C(Y%#C#d$\x8d2..C#C$C%C&R$;C'C&P#$3%.I#C#C$F.3'D$C%C#d£Ã=\x8eY%#" +
  "C%C$d£Ã=\x8eY%'C$.Æ3%$¢$¡%c%c%c%c%c%c%c%c%c%c%c%c%cC#1.#$%&'()*+,-..C&dÓ$\x95D#%cC$d%\x8dC%p'¢C$R$#C#d£Ó$\x95i(d" +
  "#.h0#C$d%\x8dD#C&'¢C#C%C'd#C(3#E#(d$.h0#C&d$n'¢C#d,\x8dC%n'¢d$(C#P##d$\x97d£»'\x8dP##d(j.'¢d#(C'K%'F,d$\x97C(\x8dd&\x97\x8dC" +
  "#L&$E*e+«e\"¤\u001fª\u0013Âã\"#¦C*e\"¤\u001fª\u0013Âã\"#¦e+©§E*e3«e\"\"¦£\u0013\"b¦C*e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C#d,\x8d.E#(d$.h0#C&d%n'¢C#d,\x8dC" +
  "%n'¢d$(C#P##d$\x97d£»'\x8dP##d(j.'¢d#(C'K%'F,d&\x8fC(\x8dd&\x97\x8dC#L&$E*e+«e\"¤\u001fª\u0013Âã\"#¦C*e\"¤\u001fª\u0013Âã\"#¦e+©§E*e3«e\"\"¦£\u0013\"b" +
  "¦C*e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C#d,\x8d.E#(d$.h0#C#D).C)2.C&dÓ$\x95D#%cC$d%\x8dC%p'¢C$R$#C#d£Õ$\x95i(d#.h0#C$d%\x8dD#C&'¢C#C" +
  "%C'd#C(3#E#(d$.h0#C&d$n'¢C#d,\x8dC%n'¢d$(C#P##d$\x97d£»'\x8dP##d(j.'¢d#(C'K%'F,d$\x97C(\x8dd&\x97\x8dC#L&$E*e+«e\"¤\u001fª\u0013Âã\"#" +
  "¦C*e\"¤\u001fª\u0013Âã\"#¦e+©§E*e3«e\"\"¦£\u0013\"b¦C*e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C#d,\x8d.E#(d$.h0#C&d%n'¢C#d,\x8dC%n'¢d$(C#P##d$\x97d£»'" +
  "\x8dP##d(j.'¢d#(C'K%'F,d&\x8fC(\x8dd&\x97\x8dC#L&$E*e+«e\"¤\u001fª\u0013Âã\"#¦C*e\"¤\u001fª\u0013Âã\"#¦e+©§E*e3«e\"\"¦£\u0013\"b¦C*e\"\"¦£\u0013\"b¦e3©§eC\xad" +
  "Z&#C#d,\x8d.E#(d$.h0#C&d&n'¢C#d,\x8dC%n'¢d$(C#P##d$\x97d£»'\x8dP##d(j.'¢d#(C'K%'F,d%\x97C(\x8dd&\x97\x8dC#L&$E*e+«e\"¤\u001fª\u0013Âã\"#" +
  "¦C*e\"¤\u001fª\u0013Âã\"#¦e+©§E*e3«e\"\"¦£\u0013\"b¦C*e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C#d,\x8d.E#(d$.h0#C#D).C)2.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'" +
  "¢C$R$#C)d£«$\x95i(d#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C$D#./,.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R$#C)d£Ë$\x95i(d" +
  "#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C&d$n'¢C$C%C'd$C(3#E$(d$.h0#C$D#./+.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R" +
  "$#C)d£\u000b$\x95i(d#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C$D#./*.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R$#C)d£ë$\x95i(d#.h0" +
  "#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C&d$n'¢C$C%C'd$C(3#E$(d$.h0#C$D#./).C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R$#C)" +
  "d£µ$\x95i(d#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C&d$n'¢C$C%C'd$C(3#E$(d$.h0#C&d%n'¢C$C%C'd%C(3#E$(d$.h0" +
  "#C$D#./(.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R$#C)d£¯$\x95i(d#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C&d$n'¢C$C%C'd$" +
  "C(3#E$(d$.h0#C&d%n'¢C$C%C'd%C(3#E$(d$.h0#C$D#./'.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R$#C)d£õ$\x95i(d#.h0#C$d%\x8dD$" +
  "C&'¢C$C%C'd#C(3#E$(d$.h0#C&d$n'¢C$C%C'd$C(3#E$(d$.h0#C&d%n'¢C$C%C'C(3@E$(d$.h0#C$D#./&.C&dÓ$\x95D)d#D#%" +
  "cC$d%\x8dC%p'¢C$R$#C)d£ï$\x95i(d#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0#C&d$n'¢C$C%C'd$C(3#E$(d$.h0#C&d%n'¢C$" +
  "C%C'C(3@E$(d$.h0#C$D#./%.C&dÓ$\x95D)d#D#%cC$d%\x8dC%p'¢C$R$#C)d£\xad$\x95i(d#.h0#C$d%\x8dD$C&'¢C$C%C'd#C(3#E$(d$.h0" +
  "#C&d$n'¢C$C%C'd$C(3#E$(d$.h0#C&d%n'¢C$C%C'd%C(3#E$(d$.h0#C&d&n'¢C$C%C'd&C(3#E$(d$.h0#C$D#./$.d#2.C#." +
  "}$%¢C#C$3&E'h'cd#2.C%K%'F,d&\x8fC&\x8dd&\x97\x8dD(C%R$;d&\x8dD$C%K%?d%\x99d$\x94'cC#C'C(C$C&382.C'd#C(C$C&d$3*>.Â&$'¢C#C$" +
  "\x8dD$%c&cC#C$l'cC#P##E'd£$l'¢C%C'^$#C%d%\x8dD%C#d$\x8d(C'd\u0003$l'¢C'då$lC#d%\x8dE&C$n\x950'C#P#$E#dã$\x94d£$j0'C%C#db\x94C'" +
  "dB\x94d)\x97\x95^$#C%d%\x8dD%C&(C'd\u0013$l'¢C#d&\x8dE&C$n0(C#P#%E(dã$\x94d£$jC#P#$E#dã$\x94d£$j\x950(C(db\x94C'd2\x94d/\x97C#db\x94d)\x97\x95\x95E#d£" +
  "\u0013&\x94d£Ó&iC#d£3l\x950(C%C#^$#C%d%\x8dD%C&(C#d'\x8dE(C$nC'd\u0017$n\x950(C#P#%E&dã$\x94d£$jC#P#$E)dã$\x94d£$j\x95C#P#&E#dã$\x94d£$j\x95" +
  "0(C#db\x94C'd*\x94d5\x97C)db\x94d/\x97\x95C&db\x94d)\x97\x95\x95E#d££'lC#d\"\"æ#n\x950(C%C#d-\x99dãÒ&\x8d^$#C%C#d\"*\x94d£Û&\x95^$%C%d'\x8dD%C(...D#/$." +
  ".C%2.d#.:#d£Ã-d#d££'\u001f.#d#G#d#G$.±,$.¢d£Ã'D'C%d&\x97D*&cC'K%#E+d;\x99E,'¢C#C,\x8dC$pC'L&+C#L&#C'L&3¦t\x94(d$.'cC#" +
  "C,\x8dD#C'K%'C*\x8dD(%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c%cC+d\"$\x94132/#*+$%,)&'-(01.3.&cC,C#C$C(C'C%3:E&h\x95'¢d" +
  "$(C'dC\x8dK%#C+j.h'cC&D#C'dC\x8dE'K%'C*\x8dD(/$../3.&cC,C#C$C(C'C%3<E&h\x95'¢d$(C'dC\x8dK%#C+j.h'cC&D#C'dC\x8dE'K%'C*\x8d" +
  "D(/$../2.&cC,C#C$C(C'C%35E&h\x95'¢d$(C'dC\x8dK%#C+j.h'cC&D#C'dC\x8dE'K%'C*\x8dD(/$../1.&cC,C#C$C(C'C%37E&h\x95'¢d$(" +
  "C'dC\x8dK%#C+j.h'cC&D#C'dC\x8dE'K%'C*\x8dD(/$../0.C#C$C(C'C%36D&//.C+d3\x99d\"$\x94C#C$C'R$=C'C%3?E&h'cC#C$C(C'R$;C%" +
  "C'P#$3%D&./..C#C$C(3>D&/-.C#C$C(C'C%33D&/,.C#C$C(C'C%39D&/+.C#C$C(C'C%3=D&/*.C#C$C(C'C%3;D&/).C#C$C(" +
  "C'C%34D&/(.C#D&/'.C#C$l'¢C#P##d$\x97d£»'\x8dP##d$i(d#.'¢C'P#$(d$.h'cC'R$;E&F,\x8fd£ã]\x8dD(C&d£«'\x8dE&P##h'cC&d$]#" +
  "#C(d#F,\u001f.#.C%C(\x8dd$]##C#d$\x8dD#C'K%?K%#D'/).C)dCr'cd#2.C)d(\x97d£³'\x8dE&C'Y%#C&d#Y%'C&C#Y%+C&F+Y%/C&F0Y%3C&F" +
  "*Y%7C)d$\x8dD)C'K%?d'\x8dC'P#%d%\x97\x8dK%#D'/(.C)d$\x8eE)d(\x97d£³'\x8dK%#C(C'P#%E(Y%#C(]#%C'K%?D'/'.C#C$i2.d#2.C&'cC&D#" +
  "C'dC\x8dD'/%..&¢%¢C)h'cd#2.C)d(\x97d\u0003²'\x8dE+K%#D,C+K%'d$\x8dD-C,R$=D.C+K%+D#C+K%/D&C+K%7E/F*j'cC/G*C&G+d#D(&cC(" +
  "d2l'cC(d6\x97d£Ãÿ'\x8dD0C(d%\x97d££ÿ'\x8dE'K%#D&&cC&'¢C0C&d$\x8ed%\x97\x8dK%#C/r(d#.'cC&d$\x8eD&/$..C'C&Y%#C(d$\x8dD(/$...C+K%3" +
  "G0C-C.l'cC+C-Y%'C,K%?d'\x8dC,P#%C-\x8dC.\x93d%\x97\x8dK%#/$.C)d$\x8eD)C#C$C,K%'C*\x8dC,R$;C%C,P#$3%E#h0$C,K%?K%#..D'/#.#." +
  "Ã*&,¢%¡$\x9fd££ÿ%D(C$d(\x97d£Ã'\x8dD+&cC#C*n'c%cC&'¢C&C*\x8dP##d%i(d#.'cC'C%C*d&\x97\x8dE$K%#\x8dD)C$K%'D,C(C) #'# .'#C,d" +
  "3n'cC,d£$n'cC(d3\x8dC)d3\x8dC,d3\x8e\u001f-##(d3D$&cC$C,l'cC$C(\x8dC$C)\x8d #'# .'#C$d3\x8dD$/$....C(C,\x8dD(/$.d£Ã'D$&cC$C+l'" +
  "cC$C$P##E,d/i'¢C$P#&(d#.E-d(\x97\x8dC$R$=D/C(C$K%?E0 #'# .'#C/d3n'cC/d£$n'cC(d3\x8dC0d3\x8dC/d3\x8e\u001f-##(d3D)&cC)C/l" +
  "'cC(C)\x8dC)C0\x8d #'# .'#C)d3\x8dD)/$....C(C/\x8dD(C$K%'C*d&\x97\x8dD)%cC$K%+E/'cC*C/\x8dP##E/d$i'cC(dã$]##C(d$\x8dD(/%.C/d" +
  "%i'cC)K%'D,C(C'C)K%#\x8dE) #'# .'#C,d3n'cC,d£$n'cC(d3\x8dC)d3\x8dC,d3\x8e\u001f-##(d3D$&cC$C,l'cC$C(\x8dC$C)\x8d #'# .'#C$d" +
  "3\x8dD$/$....C(C,\x8dD(/%..%c%c%c%c%c%c%c%cC,d&\x8e1-#%$&())))').C)L&#D1%¢C)N&#E3¼g\"\"\"\"\"\"bf\x88'cC1sC3\u001f)E2e#u\x95C2" +
  "ÜC3\x84\x94'cC(C23+/%..C(dä$]##C(C1e+«e\"¤\u001fª\u0013Âã\"#¦C1e\"¤\u001fª\u0013Âã\"#¦e+©§E1e3«e\"\"¦£\u0013\"b¦C1e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C(d,\x8d" +
  ".D(/).C)L&#D1C)N&#=C(dä$]##C(C1e+«e\"¤\u001fª\u0013Âã\"#¦C1e\"¤\u001fª\u0013Âã\"#¦e+©§E1e3«e\"\"¦£\u0013\"b¦C1e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C(d" +
  ",\x8dD(/(.C(C)L&#3+D(/'.C(C$C)3/E(h'cd#2./&.C$P#%C(C-C$C*3EE(h'cd#2./%.C(dæ$då$C)P##>]##C(d$\x8dD(/$.d#2.." +
  "dC\x8dD$/$...C*d$\x8dD*/$..C(d££ÿ%\x8e.Ö.$$¡%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c%cC#1.#$%&'()*+,-..C$C%dÓ$\x95]##C$dû#" +
  "]#$C$d%\x8dD#%¢d#C%'¢C#C&d#C'3$E#(d$.h0#=d#C%d$n'¢C&dc\x8eK%'C'd&\x97\x8dE$L&#D(C$N&#=C#dä$]##C#C(e+«e\"¤\u001fª\u0013Âã\"#¦" +
  "C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«e\"\"¦£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C#d,\x8dE#h(d#.0#=d#C%d%n'¢C&d\u0003#\x8dK%'C'd&\x97\x8dE$L&#D(C$" +
  "N&#=C#dä$]##C#C(e+«e\"¤\u001fª\u0013Âã\"#¦C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«e\"\"¦£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C#d,\x8dE#h(d#.0#=C#." +
  "2.C$C%dÓ$\x95]##C$dü#]#$C$d%\x8dD#%¢d#C%'¢C#C&d#C'3$E#(d$.h0#=d#C%d$n'¢C&dc\x8eK%'C'd&\x97\x8dE$L&#D(C$N&#=C#dä$]##" +
  "C#C(e+«e\"¤\u001fª\u0013Âã\"#¦C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«e\"\"¦£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C#d,\x8dE#h(d#.0#=d#C%d%n'¢C&d\u0003#\x8d" +
  "K%'C'd&\x97\x8dE$L&#D(C$N&#=C#dä$]##C#C(e+«e\"¤\u001fª\u0013Âã\"#¦C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«e\"\"¦£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$" +
  "C#d,\x8dE#h(d#.0#=d#C%d&n'¢C&d£$\x8dK%'C'd&\x97\x8dE$L&#D(C$N&#=C#dä$]##C#C(e+«e\"¤\u001fª\u0013Âã\"#¦C(e\"¤\u001fª\u0013Âã\"#¦e+©§E(e3«" +
  "e\"\"¦£\u0013\"b¦C(e\"\"¦£\u0013\"b¦e3©§eC\xadZ&$C#d,\x8dE#h(d#.0#=C#.2.C$C%dÓ$\x95]##C$dç#]#$/,.C$C%dÓ$\x95]##C$d÷#]#$/,.C$C%dÓ" +
  "$\x95]##C$d\u0017#]#$/*.C$C%dÓ$\x95]##C$d\u0007#]#$/*.C$C%dÓ$\x95]##C$dì#]#$/*.C$C%dÓ$\x95]##C$dé#]#$/).C$C%dÓ$\x95]##C$d\f#]#" +
  "$/).C$C%dÓ$\x95]##C$d\t#]#$/(.C$C%dÓ$\x95]##C$dè#]#$C$d%\x8dD#%¢d#C%'¢C#C&d#C'3$E#(d$.h0#=d#C%d$n'¢C#C&d$C'3$E" +
  "#(d$.h0#=d#C%d%n'¢C#C&d%C'3$E#(d$.h0#=d#C%d&n'¢C#C&d&C'3$E#(d$.h0#=C#.2.d#2.C$d%\x8dD#C%'¢C#C&d#C'3$E#(" +
  "d$.D$C#d#C$>2.C$d%\x8dD#%¢d#C%'¢C#C&d#C'3$E#(d$.h0#=d#C%d$n'¢C#C&d$C'3$E#(d$.h0#=C#.2.C$d%\x8dD#%¢d#C%'¢C#" +
  "C&d#C'3$E#(d$.h0#=d#C%d$n'¢C#C&d$C'3$E#(d$.h0#=d#C%d%n'¢C#C&d%C'3$E#(d$.h0#=C#.2.C$d%\x8dD#%¢d#C%'¢C#C&" +
  "d#C'3$E#(d$.h0#=d#C%d$n'¢C#C&d$C'3$E#(d$.h0#=d#C%d%n'¢C#C&d\u0003#\x8dE#C#K%'C'd&\x97\x8d3/E#(d$.h0#=C#..O#C#h'cd£" +
  "»'d£+d£'\u001f-##.C#d$i'cd£»'d£/d£'\u001f-##..Ã'$(¢d££ÿ%D)&cC$C*n'cC*d%\x97d££ÿ&\x8dC)d££ÿ%\x8eY%#C%'¢C%C*\x8dP##(d#.h'cC#" +
  "K%#d&\x97d££¿'\x8dE&K%#D(C&K%'D&C(d#q'cC)C(d£Ã=\x8dE' #'# .'#C&C(\x8eE&d3n'cC&d£$n'cC)d3\x8dC'd3\x8dC&d3\x8e\u001f-##(d3D(&cC&" +
  "C(n'cC(C)\x8dC'C(\x8d #'# .'#C(d3\x8dD(/$....C&C)\x8dD)(C(d\"\"\"\"*\x94d$\x97d£ãE\x8dD(C&d$\x97d£ãE\x8dD'&cC'C(n'cC(R$#D&C(d%\x8dD(C&" +
  "d£$l'¢C)C&]##C)d$\x8d(C&d£3l'¢C)C&d)\x99dã$\x95]##C)C&db\x94d£$\x95]#$C)d%\x8d(C&d£\u001b&\x94d£Ó&i'¢C&d\"*\x94d-\x97d££'\x8dC(R$#d\"*\x94\x8dD" +
  "&C(d%\x8dD(C)C&d5\x99d\u0013$\x95]##C)C&d/\x99db\x94d£$\x95]#$C)C&d)\x99db\x94d£$\x95]#%C)C&db\x94d£$\x95]#&C)d'\x8d(C)C&d/\x99d\u0003$\x95]##C)C&d)\x99db\x94" +
  "d£$\x95]#$C)C&db\x94d£$\x95]#%C)d&\x8d...D)/$....C*d$\x8dD*C#d+\x8dD#/$..C$d%\x97d££ÿ&\x8dC)d££ÿ%\x8eE#Y%#C#.\t2%+¢$¡d£Ãß+D'C%d&" +
  "\x97D)d£³'d#Y%#d«³'d#Y%#&c%cC'K%#E&d;\x99E('cC'L&+C#L&#C'L&3¦u'c%¢d#d£³'K%#E&h0#=d§³'K%#D(d¯³'K%#D'd³³'K%#" +
  "D*C&K%?d'\x8dD+C&R$=D,%c&cC'C,l'cC+C'd%\x97\x8dK%#D#C'C*j'¢C#L&+C(L&#C#L&3¦t(d#.'cC&C']#%C&K%?d'\x8dC&R$=d%\x97\x8dC(P" +
  "##d2\x94\x8dC']##/&.C'd$\x8dD'/$..d#D#.d#C#E'h0#=d¯³'C&P#%d$\x8dY%#d·³'K%#D#d¿³'K%#E(F*j'cC(G*C#G+d#D&&cC&d2l'cC" +
  "&d6\x97d£Ãÿ'\x8dD*C&d%\x97d££ÿ'\x8dE+K%#D#&cC#'¢C*C#d$\x8ed%\x97\x8dK%#C(r(d#.'cC#d$\x8eD#/$..C+C#Y%#C&d$\x8dD&/$...d»³'K%#G0C'" +
  ".E'h0%d§³'K%#D#/&.C#C(\x8dD#.C'K%'C)\x8dD*%c%c%c%c%c%c%c%c%c%c%c%c%c%c%c%cC&d\"$\x941312#-.$%/,()0+&'*3.C#P##E" +
  "&ãE(d\x93q'cC*C(Y%#C#d$\x8dD#(C&dì$i'cC*C#R$$E&d+\x97C&d+\x99\x95äY%#C#d&\x8dD#(C&dí$i'cC*C#K%$E&d£!¦\x9b\x94d+\x9aC&d\"¤\u001f*\x94d+\x9b\x95" +
  "Y%#C#d(\x8dD#(C&dë$i'cC*C#O#$Y%#C#d%\x8dD#(C#C$C*C'C%3:E#h06..../1.C#P##dä$i'cC*C#L&$E.e+«e\"¤\u001fª\u0013Âã\"#¦C.e\"¤" +
  "\u001fª\u0013Âã\"#¦e+©§E.e3«e\"\"¦£\u0013\"b¦C.e\"\"¦£\u0013\"b¦e3©§eC\xadZ&#C#d,\x8dD#(C#C$C*C'C%3<E#h02./0.C#P##E&dó$iE(C#P#$C&d£$\x8e" +
  "C(>E+d3l\x95'cC#d$\x8dC(\x8dD,C+dCp'cC, #'# \x87C, #'3 \x87d3\x97\x95Ðe$C+Ð©e$\xa0¦s'cC*F*Y%#F*d&\x97d££¿'\x8dC,d£Ã=\x8eE#ÐC#C+\x8dÐeC©§" +
  "Z&#d0C+C+d0r>E#d%\x97d££ÿ'\x8dE&K%#D(C#d6\x97d£Ãÿ'\x8dC(d%\x97\x8dF*Y%#C&C(d$\x8dY%#F*d$\x8dG*C+C,\x8dD#/2.(d#D&%¢&cC&d3\x8dE(C+p'" +
  "cd#C&C,\x8d #'# \x870%=C(D&/$..C+C&\x8eE('¢C&C,\x8d #'# \x87d$C(\x97d$\x8e\x94(d#.h.'cC*F*Y%#F*d&\x97d££¿'\x8dC,d£Ã=\x8eE#ÐC#C+\x8dÐeC©§" +
  "Z&#d0C+C+d0r>E#d%\x97d££ÿ'\x8dE&K%#D(C#d6\x97d£Ãÿ'\x8dC(d%\x97\x8dF*Y%#C&C(d$\x8dY%#F*d$\x8dG*C+C,\x8dD#/2...C#C$C*C'C%35E#h00/" +
  "/.C#P##dã$i'¢C'P#$(d$.h'cC#C$r00C'R$;E&F,\x8fd£ã]\x8dD(C&d£«'\x8dE&P##h'cC&d$]##C(d#F,\u001f.#.C%C(\x8dd$]##C#d$\x8dD#C'" +
  "K%?K%#D'/1.C'K%?d'\x8dD&C'R$=d$i'cC&K%#D'/1.C&C'K%?d'\x8dE+C'R$=E,d%\x97\x8dC#P##d2\x94\x8dP##E-d%\x97\x8dK%#E&L&+C#L&#C&L&3" +
  "¦u'¢d#D&%¢&cC&C,l'cC+C&d%\x97\x8dK%#D(C&C-j'¢C(L&+C#L&#C(L&3¦t(d#.'cC'C&]#%C'K%?d'\x8dC'R$=d%\x97\x8dC#P##d2\x94\x8dC&]##" +
  "C(/&.C&d$\x8dD&/$..d#.E&h'cC#C$C*C'R$;C%C'P#$3%E#h01C'K%?K%#D'/2.C'P#%d$\x8d(d#.D(d£³'C'Y%#d§³'C#Y%#d«³'C'" +
  "K%?K%#Y%#d¯³'C(Y%#d³³'C-Y%#d·³'F+Y%#d»³'F0Y%#d¿³'F*Y%#C&D'/0.C*C&d3\x99d\"$\x94Y%#C'K%?E'd«³'K%#i'cd£³'d#Y%" +
  "#.//.C#P##d£$\x8eE&d3lC#d$\x8dC&\x8dC$p\x94'cC#C&d$\x8dE&3(E(d#q'cC*C(Y%#C#C&\x8dD#/...C#C$C*C'C%37E#h0-/,.C#C$C*C'C%3" +
  "6E#h0,/+.C#C$C*C'C%34E#h0+/*.C&d3\x99d\"$\x94C#C$C'R$=C'C%3?E&'¢C&(C#C$C*C'R$;C%C'P#$3%.E#h0*/).C#C$C*3>E#h" +
  "0)/(.C#C$C*C'C%33E#h0(/'.C#C$C*C'C%39E#h0'/&.C#C$C*C'C%3=E#h0&/%.C#C$C*C'C%3;E#h0%/$.C#C$i2.C'dC\x8dD'/" +
  "$..d#.ú($0¢C&G,C'd#jG-C(G.d#G*d£ãEG+d££ÿ'd#d_\u001f.#d#G/d#G0d£«'d#C%\u001f.#C#d£Ã=\x8dD(C$d£Ã=\x8dD,d$D)&cC(d%\x8dE#C," +
  "p'c%cC(R$#E$d+\x97C$d+\x99\x95d\"\"&\x94E*h'cC/d$\x8dD/C#D(/&.C&C+i'cd$D0/$.C,C(d%\x8dE-C*\x8dE'd%\x8dE$l0#C'R$#'cC'D#&cC,C#d%" +
  "\x8dr'cC#C#R$#E#d+\x97C#d+\x99\x95d\"\"&\x94E*d%\x8d\x8dD#C*0$..d$C#C,nC*>0$C#D$C'D#&cC#R$#E*d+\x97C*d+\x99\x95d\"\"&\x94E*'cC'C#d%\x8dC*\u001f-#" +
  "#C'C*\x8dD'C#C*d%\x8d\x8dD#/$...d#D1C)'cF+D*F*D4F0D5F/D#C-C'C+3HE1h'cC4F*j'cC4G*C*G+d#D*&cC*d2l'cC*d6\x97d£Ãÿ'\x8dD" +
  "2C*d%\x97d££ÿ'\x8dE3K%#D)&cC)'¢C2C)d$\x8ed%\x97\x8dK%#C4r(d#.'cC)d$\x8eD)/$..C3C)Y%#C*d$\x8dD*/$...C5G0C#G/d#D#&cC#C%l'cC" +
  "#d£«'\x8dP##'cC#F,\x8fd£ã]\x8dC+\x8dd#]##.C#d$\x8dD#/$..C.d$\x8dE.d3lC.d%\x97C+l\x95D)..C1'¢d$(C-C'C+3C.h'cd%D0/$.C+d&\x97d£Ã9\x8d" +
  "E#C-d£Ã=\x8eY%#C#C'd£Ã=\x8eY%'C+d$\x8dD+C$D(/%...d££'C(d£Ã=\x8eY%#d§£'C+Y%#d«£'C0Y%#d¯£'C/Y%#d³£'F+d£ãE\x8ed$\x99Y%#d·" +
  "£'F/Y%#d»£'F#Y%#d¿£'F*Y%#dÃ£'C.Y%#..ê**#d£+.ª&'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#" +
  "'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#" +
  "'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#" +
  "'#)#)$)%)&)')()))*)+),)-).)/)0)1)2+#+$+%+&+'+(+)+*+++,+-+.+/+0+1+2-#-$-%-&-'-(-)-*-+-,---.-/-0-1-2/#" +
  "/$/%/&/'/(/)/*/+/,/-/.///0/1/2$#(+%#&#d³..I'$'%'''+2$2%2'##*$*%*'##,$,%,'##.$.%.'#d\u0003..B'#'#'#'#'#'#'" +
  "#'#'#'#'#'#'#'#'#'#d£/.ª&'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'" +
  "#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'" +
  "#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#'#)#)$)%)&)')()))*)+)" +
  ",)-).)/)0)1)2+#+$+%+&+'+(+)+*+++,+-+.+/+0+1+2-#-$-%-&-'-(-)-*-+-,---.-/-0-1-2/#/$/%/&/'/(/)/*/+/,/-/" +
  ".///0/1/2$#(+%#&#d³2.I'$'%'''+2$2%2'##*$*%*'##,$,%,'##.$.%.'#dã2.%13#d\u00032.B'#'#'#'#'#'#'#'#'#'#'#'#'#" +
  "'#'#'";
