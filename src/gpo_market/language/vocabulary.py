# ruff: noqa: RUF001 - Cyrillic words hold letters that look like Latin ones
"""The words of trade in the languages read, as data: phrases by role, parted by semicolons.

English first, then Portuguese, Spanish and Russian. Phrases are folded and cut like posts, so they are
written without accents or apostrophes; where several fit, the longest wins.
"""

from gpo_market.language.roles import Role
from gpo_market.language.vocabulary_of_questions import QUESTION_PHRASES
from gpo_market.language.vocabulary_of_talk import NOBODY_PHRASES, TALK_PHRASES

SIGNS: dict[str, Role] = {
    "\n": Role.LINE,
    ",": Role.COMMA,
    "=": Role.COLON,
    "~": Role.DASH,
    ".": Role.STOP,
    ";": Role.STOP,
    "!": Role.STOP,
    "?": Role.QUESTION_MARK,
    ":": Role.COLON,
    **dict.fromkeys("([{", Role.OPENING),
    **dict.fromkeys(")]}", Role.CLOSING),
    "~~": Role.STRIKE,
    "✅": Role.CHECK,
}
"""What single signs mean."""

PHRASES: dict[Role, str] = {
    Role.LABEL_HAVE: """
offer:; my offers:; what i have:; what i got:; i got:;
h:; [h]; [h]:; (h); (h):; h-; h =; have:; [have]; [have]:; (have); haves:; having:; i have:; me:; [me];
my side:; mine:; my offer:; i give:; giving:; give:; offering:; trading:; has:; got:; tenho:; tengo:;
eu:; yo:; ofereco:; ofrezco:; doy:; dou:;
есть:; у меня:; отдаю:;
h~; my:; i offer:; gave:; i gave:; my trade:;
me ->; h ->; have ->; h/:
""",
    Role.LABEL_WANT: """
w:; [w]; [w]:; (w); (w):; w-; w =; want:; [want]; [want]:; (want); wants:; wanting:; i want:; them:;
[them]; him:; they:; you:; u:; [you]; yours:; your side:; ur side:; need:; get:; getting:; i get:;
looking for:; lf:; [lf]; quero:; quiero:; busco:; procuro:; voce:; tu:; nlf for:;
хочу:; ищу:; нужно:;
w~; [him]; her:; your:; ur:; their:; theirs:; their side:; his:; his side:; other:; other side:; other
guy:; your offer:; ur offer:; their offer:; his offer:; you give:; u give:; he gives:; they give:;
receiving:; receive:; recieving:; i receive:; i want to get:; you ->; them ->; w ->; want ->; w/:;
requesting:; request:; asking:
""",
    **TALK_PHRASES,
    Role.BARE_H: "h",
    Role.BARE_W: "w",
    Role.HAVE: """
have; i have; ive; i have got; ft; offering; giving; give; i give; ill give; i can give; can give;
will give; giving away; paying; pay; ill pay; i pay; i can pay; can pay; will pay; willing to pay;
willing to give; i offer; im offering; can offer; ill offer; i can offer; my offer; my offer is;
mine is; mine; anyone down for; any1 down for; who down for; whos down for; anyone want to trade;
anyone wanna trade; anyone wants to trade; who wants to trade;
who wanna trade; anyone down to trade; anyone willing to trade; you get; u get; ill trade; i trade;
i will trade; i can trade; im trading; can trade; will trade; wanna trade; want to trade;
wanting to trade; looking to trade; trying to trade; willing to trade; tryna trade; trying to sell;
tryna swap; down to trade; down to swap;
trying to get rid of; getting rid of; get rid of; up for trade; put up; putting up; taking offers for;
tenho; eu tenho; dou; eu dou; ofereco; minha oferta; minha oferta e; pago; pagando; tengo; yo tengo;
doy; yo doy; ofrezco; mi oferta; mi oferta es;
есть; у меня; у меня есть; имею; отдам; отдаю; даю; дам; предлагаю; плачу; заплачу;
does anyone want to trade; does anyone wanna trade; someone want to trade; someone wanna trade; someone
wants to trade; anybody want to trade; anybody wanna trade; anybody wants to trade; any1 want to trade;
any1 wanna trade; who would trade; would anyone trade; will anyone trade; would someone trade; im
willing to trade; i wanna trade; i want to trade; id trade; i would trade;
i can do; can do; ill do; i could do; we can do; could do; id do; id give; i would give; could give; i
could give; trading away; giving up my; giving up; alguem quer trocar; quem quer trocar; alguem quer;
alguien quiere cambiar; quien quiere cambiar; quem quer; alguien quiere; кто хочет; могу дать; могу
отдать;
anyone wanting to trade; anyone tryna trade; anyone interested in trading; anyone down to swap; anyone
willing to swap; anyone wanna swap; anyone want to swap; anyone ready to trade; any1 down to trade; any1
willing to trade; any1 wants to trade; any1 wanting to trade; any1 tryna trade; any1 interested in
trading; any1 down to swap; any1 willing to swap; any1 wanna swap; any1 want to swap; any1 ready to
trade; anybody down to trade; anybody willing to trade; anybody wanting to trade; anybody tryna trade;
anybody interested in trading; anybody down to swap; anybody willing to swap; anybody wanna swap;
anybody want to swap; anybody ready to trade; someone down to trade; someone willing to trade; someone
wants to trade; someone wanting to trade; someone tryna trade; someone interested in trading; someone
down to swap; someone willing to swap; someone wanna swap; someone want to swap; someone ready to trade;
some1 down to trade; some1 willing to trade; some1 want to trade; some1 wanna trade; some1 wants to
trade; some1 wanting to trade; some1 tryna trade; some1 interested in trading; some1 down to swap; some1
willing to swap; some1 wanna swap; some1 want to swap; some1 ready to trade; somebody down to trade;
somebody willing to trade; somebody want to trade; somebody wanna trade; somebody wants to trade;
somebody wanting to trade; somebody tryna trade; somebody interested in trading; somebody down to swap;
somebody willing to swap; somebody wanna swap; somebody want to swap; somebody ready to trade; who down
to trade; who willing to trade; who want to trade; who wanting to trade; who tryna trade; who interested
in trading; who down to swap; who willing to swap; who wanna swap; who want to swap; who ready to trade;
whos down to trade; whos willing to trade;
ill hand u; ill hand you; ill hand over; offloading; offload; looking to offload; tryna offload; trying
to offload; want to offload; wanna offload; need to offload; looking to get rid of; tryna get rid of;
lookin 2 swap; lookin 2 trade; lookin to swap; lookin to trade; looking to swap; looking 2 swap;
looking 2 trade; to dando; estou dando; dando; кому надо; кому нужен; кому нужна; кому нужно; кому
нужны;
{alguem,quem} {troca,trocaria,quer troca}; {alguien,quien} {cambia,cambiaria,tradea}; {кто,кто то} {меняет,
обменяет,поменяет};
anyone doing; any1 doing; anybody doing
""",
    Role.GOT: "got; i got; have got; has; i only have; i only got",
    Role.WANT: NOBODY_PHRASES
    + """;
want; i want; wants; wanting; wanna; wanna get; want to get; wanna have; need; i need; needing; needed;
needs; lf; looking for; looking 4; lookin for; looking to get; looking to buy; look for; iso;
in search of; searching for; searching; search for; seeking; hunting for; trying to get; tryna get;
trying to find; trying to buy; i get; ill take; i take; ill accept; accepting; only accepting;
only taking; taking only; anyone has; anyone have; anyone got; any1 got; who has; who got; whos got;
does anyone have; does anyone has; got offered; i got offered; was offered; i was offered;
being offered; someone offered; someone offered me; offered me; he offered; they offered; he offers;
they offer; he offered me; they offered me; been offered; trade for; trading for; can i get; can i have;
quero; eu quero; queria; preciso; preciso de; procuro; procurando; busco; aceito; alguem tem; quem tem;
me ofereceram; quiero; yo quiero; necesito; buscando; acepto; alguien tiene; quien tiene; me ofrecen;
me ofrecieron; me dan;
хочу; я хочу; ищу; нужен; нужна; нужно; нужны; надо; у кого есть; у кого; кто имеет; есть у кого;
we take; will take; would take; id take; taking; can take; im looking for; im lf;   id
like; i would like; interested in; im interested in;
lookin 4; looking to trade for; receiving; receive; i receive; recieve; i recieve; recieving; atras de;
to atras de; a procura de; en busca de; in need of;  in the market for;
im after; iam after;
{looking for,lf,need,searching for} {somebody,someone,some1,anyone,any1,anybody,a person,ppl,people}
{who got,who has,who have,
with,that has,that got,that have,selling,trading,giving,who is selling,whos selling};
anyone who has; someone who has; somebody who has; anyone that has; someone that has; anyone who got;
someone who got; anyone with; somebody with; anyone who have;
requesting;
lemme get; let me get; lemme have; let me have; lemme cop; can i cop; tryna cop; tryna find; tryna buy a;
trading anything for; trade anything for; ill trade anything for; i will trade anything for; giving anything
for; give anything for; ill give anything for; will trade anything for; will give anything for;
trade everything
for; trading everything for; id trade anything for;
whoever gives; whoever pays; whoever offers; first to give; first to pay; first to offer; first one to give;
first one to pay; goes to whoever gives; goes to whoever pays; goes to first to give; any1 with; some1 with;
someone with; ppl with; who still has; who still got;
searching 4; desperate for; desperate 4; lookin to get; lookin to buy; desperately need; dying for; in
desperate need of;
{anyone,any1,anybody,someone,some1,somebody,who} {wanna,want to,wants to,willing to,down
to,can,could,will,would,
able to,gonna} {trade,sell,give,swap} me;
{fein,feining,feen,feening,fiend,fiending,craving,begging,starving,thirsting,down
bad}
for; {on the hunt,on the lookout,in the hunt,hard looking,still looking,heavily looking} for; in dire need of;
anyone w/; any1 w/; someone w/; some1 w/; anyone w; any1 w
""",
    Role.ASK_FOR: """
sell me; trade me; give me; gimme; gib me; sell it to me; me vende; me venda; me da; me troca; vendeme;
vendanme; dame; cambiame;
продай мне; отдай мне; дай мне; продайте;
pls give; plz give; please give; plss give; plzz give; me cambia; me cambian; alguien me cambia; alguem
me troca; me trocam;
que me cambie; que me venda; que me troque; alguien que me cambie; alguem que me troque
""",
    Role.SELL: """
{need,needs,need to be,has to be,must be,want} gone {,asap,fast,quick,quickly,today,now}; {must,has to,
needs to,need to,
gotta} go {asap,fast,today,now}; {need to,gotta,wanna,want to,trying to,tryna} get rid of; vendem; venden;
vendes; продаете;
wts; selling; sell; s>; s:; [s]; [s]:; sells; sellin; want to sell; wanting to sell; wanna sell;
im selling; for sale:; tryna sell; trying 2 sell; lookin to sell; looking to sell; need to sell; gotta sell;
vendo; vendendo; vendiendo; vende;
продам; продаю; продает; продаст;
vender; quero vender; quiero vender; to vendendo; хочу продать; продать
""",
    Role.BUY: """
compram; compran; compras; покупаете;
wtb; buying; buy; b>; b:; [b]; [b]:; buyin; want to buy; wanting to buy; wanna buy; im buying; tryna buy;
need to buy;
compro; comprando; compra; quero comprar; quiero comprar;
куплю; покупаю; скуплю; покупает; купит;
comprar; хочу купить; купить; to comprando
""",
    Role.TRADE: """
cambias; поменяю;
trading; trade; trades; tradin; wtt; swapping; swap; exchanging; exchange; troco; trocando; trocar;
cambio; cambiando; intercambio; tradeo;
меняю; обменяю; обмениваю; обмен; трейд; трейжу;
cambiar; quiero cambiar; tradear; quiero tradear; tradeando; quero trocar; обменять; хочу
обменять; поменять; хочу поменять; intercambiar; intercambiando;
upgrading; downgrading; turning; converting; tradeing; traiding; trding; tading; swaping
""",
    Role.FOR_TRADE: """
for trade; 4 trade; 4trade; for trading; for sale; 4 sale; 4sale;
up for grabs
""",
    Role.OFFER_ON: """
offer on; offers on; offer for my; offers for my; offer me on; offers for; offer me for; offer for;
taking offers on; taking offers for; taking offer on; looking for offers on; looking for offers for;
lf offers on; lf offers for; lf offer on; accepting offers on; accepting offers for; open to offers on;
offer up for; dm offers on; dm offers for; dm me offers for; dm me offers on; send offers for;
send offers on; want offers on; want offers for; need offers on; need offers for; recebo ofertas por;
aceito ofertas por; aceito ofertas em; ofertas no; ofertas na; ofertas em; ofertas pelo; ofertas pela;
ofertem no; ofertem na; acepto ofertas por; recibo ofertas por; escucho ofertas por; ofertas por;
ofertas para;
предложения на; жду предложения на; офферы на; предлагайте за; предложения за;
lf offers:; offers on:; taking any offers for; taking any offers on; any offers for; any offers on; any
offer on; any offer for; drop offers for; drop offers on; drop ur offers for; drop ur offers on; drop
your offers for; drop your offers on; your offers for; ur offers for; your offers on; ur offers on; fair
offers for; fair offers on; good offers for; good offers on; best offer for; best offer on; best offers
for; best offers on; accepting any offers for; accepting any offers on; looking for any offers on;
looking for any offers for; looking for offer on; open for offers on; open for offers for; open to
offers for; throw offers on; throw offers for; pm offers for; pm offers on; pm me offers for; pm me
offers on; drop me offers for; drop me offers on; what you offer for; what are you offering for; what u
offering for; offering on;
anything for; anything for my;
what u guys got for; what you guys got for; what yall got for; what u guys got for my; what you guys
got for my; what yall got for my; what u got for my; what you got for my; what u got for; what you got
for; wat u got for; what u got 4; wat u got 4; what you got 4; what u got 4 my; wat u got 4 my; what
yall got 4; whatcha got for; aceito ofertas na; aceito ofertas no; aceito oferta na; aceito oferta no;
aceito ofertas pela; aceito ofertas pelo;
lf upgrade; lf upgrades; lf downgrade; lf downgrades; looking for upgrade; looking for upgrades; looking for
downgrade; looking for downgrades; want upgrade; want upgrades; want downgrade; want downgrades; lf big
upgrade; lf big upgrades; lf big downgrade; lf big downgrades; lf small upgrade; lf small upgrades; lf small
downgrade; lf small downgrades; looking to upgrade; looking to downgrade; trying to upgrade; trying to
downgrade; tryna upgrade; tryna downgrade; want to upgrade; want to downgrade; wanna upgrade; wanna downgrade;
any takers for; any takers on; takers for; any takers; what u guys offering for; what you guys offering for
""",
    Role.OFFER: """
offer; offered; i offered;
open to; open for; prefer; preferably; preferring; pref; would accept; would consider; ideally; prefiro;
prefiero;
if u got; if you got; if ya got; if u have; if you have; if ya have; if u has; if anyone has; if anyone got;
if anyone have; if any1 has; if any1 got; if someone has; if someone got; if anybody has; if anybody got; if
somebody has; whoever has; whoever got; whoever have; se tiver; se voce tiver; se alguem tiver; si tienes; si
alguien tiene; если есть
""",
    Role.FOR: """
for; in exchange for; in return for; in trade for; ->; >; for only; for just; for a; for an;
arrow right; arrow forward; por; pelo;
pela; pra; para; em troca de; a cambio de;
на; за; в обмен на; взамен на;
price:; price =; my price is; price is; asking for; asking price; asking price:; asking price is;
exchange for; to get; in order to get; in exchange of; in change for; trade it for; trading it for; swap
for; swap it for;
num; numa
""",
    Role.BACK_ARROW: "<-; gets; takes; buys",
    Role.MY: """
my; mah; meu; minha; meus; minhas; mi; mis;
мой; моя; мое; мои; мою
""",
    Role.YOUR: """
your; ur; youre; ya; yalls; yall; someones; anyones; his; their; theirs; teu; tua; seu; sua; tu; tus;
su;
твой; твоя; твое; твои; твою; ваш
""",
    Role.YOU: """
you; u; they; he; she; ppl; people; y'all; voce; vc tem; usted;
ты; вы
""",
    Role.ANYONE: """
ne1; ne 1; n e 1; ny1; nyone; anyon; any one; anyonee; sum1; sumone; some one;
anyone; any1; anybody; someone; some1; somebody; who; whos; whose; who is; who else; anyone here;
if anyone; does anyone; is anyone; alguem; quem; alguien; quien;
кто; кто то; кто нибудь; кто-нибудь
""",
    Role.JOIN: """
+; &; and; with; w/; plus; n; 'n'; as well as; along with; together with; e; com; mais; y; con; mas;
и; с; плюс
""",
    Role.OR: """
or; either; /; //; |; or else; or even; ou; o; u;
или; либо
""",
    Role.DASH: """
-; to; into; em; on; en; ate; hasta;
до
""",
    Role.TIMES: """
x;
х
""",
    Role.EACH: """
each; ea; per; a piece; apiece; per one; per piece; cada; cada um; cada uno;
каждый; за штуку; за шт; шт
""",
    Role.OFFERS: """
offers; offer me; offer up; give me offers; send me offers; gimme offers; dm offers; dm me offers;
dm offer; pm offers; pm me offers; offers dm; offers pm; offers in dm; offers in dms; any offers;
any offer; best offer; best offers; good offers; fair offers; open to offers; open for offers;
open offers; taking offers; taking any offers; accepting offers; send offers; looking for offers;
lf offers; lf offer; want offers; need offers; drop offers; just offer; offer away; offer something;
offers please; offering me; your offers; ur offers; your offer; ur offer; ofertas; oferta;
aceito ofertas; aceito oferta; acepto ofertas; mande ofertas; manda oferta; ofertem; oferten;
escucho ofertas;
предложения; предлагайте; ваши предложения; жду предложений; офферы; оффер;
{open to,open for,down for,taking,accepting,will take,would take,ill take,i take}
{anything,any,whatever,everything,
all offers}; {make,shoot,throw,hit me with,shoot me,throw me,send me,lemme see,let me see,show me,leave,make
me,name}
{an offer,offers,any offers,ur offers,your offers,ur offer,your offer}; {make,shoot,throw} me an offer;
{name,state,say} {ur,your} {price,offer}; {highest,best} {offer,bidder} {wins,takes it,gets it}; to the
highest bidder;
ofrezcan; ofrezca; ofrescan; hagan ofertas; faz oferta; facam ofertas
""",
    Role.ANY: """
any; anything; any item; any items; any stuff; anything good; anything fair; whatever;
qualquer; qualquer coisa; cualquier; cualquier cosa;
cualquiera;
любой; любая; любое; любые; что угодно; что нибудь
""",
    Role.ADDS: """
adds; add; small adds; small add; some adds; big adds; good adds; few adds; a few adds; little adds;
sm adds; minor adds; huge adds; decent adds; light adds; tiny adds; adds too; with adds; w adds;
and adds; +adds; adicionais; adicional; algo mais; algo mas; adicion;
доплата; с доплатой; доп;
and up; & up; + up; or more; or higher; or above; and above; and more; ou mais; o mas; y mas; или больше;
и выше;
lil adds; lil add; little add; extra adds; more adds; slight adds; adds pls; nice adds; fair adds; adds
only
""",
    Role.GIVE_ADDS: """
{,small ,some ,big ,lil ,little ,good ,minor ,slight ,huge ,decent }{adds,add} {my side,on my side,from
me,from my side,
my end,on my end,mine,by me}; {small,big,lil,little,slight,huge,good} {op,overpay} {my side,on my side,from
me,from my
side,my end,on my end}; {i can,ill,i will,can,will} also add; i {could,would,do,did} add;
my adds; my add; i add; ill add; i will add; i can add; can add; will add; could add; willing to add;
adding; im adding; i add more; adds my side; adds on my side; adds from me; adds from my side;
adds mine; adds by me; my small adds; my overpay; my op; i op; ill op; i can op; can op; willing to op;
will op; i overpay; ill overpay; can overpay; willing to overpay; will overpay; overpaying; op my side;
op from me; op from my side; im op; im overpay; im overpaying; i have adds; got adds; i got adds;
have adds; eu adiciono; adiciono; posso adicionar; minha parte adds; agrego; yo agrego; pongo mas;
puedo agregar;
доплачу; добавлю; я добавлю; моя доплата; с моей доплатой; моей доплатой;
overpay with; overpay w; overpay w/; overpaying with; overpaying w; overpaying w/; op with; op w; op w/; i
overpay with; i overpay w; i overpay w/; will overpay with; will overpay w; will overpay w/; can overpay
with; can overpay w; can overpay w/; ill overpay with; ill overpay w; ill overpay w/; will op with; will op
w; will op w/; can op with; can op w; can op w/; ill op with; ill op w; ill op w/
""",
    Role.WANT_ADDS: """
{,small ,some ,big ,lil ,little ,good ,minor ,slight ,huge ,decent }{adds,add} {your side,ur side,on your
side,
on ur side,from you,from u,from your side,from ur side,your end,ur end,yours,their side,on their side,from
them};
{small,big,lil,little,slight,huge,good} {op,overpay} {your side,ur side,on your side,on ur side,from
you,from u,
your end,ur end};
your adds; ur adds; your add; ur add; you add; u add; youll add; u can add; you can add; adds your side;
adds ur side; adds on your side; adds on ur side; adds from you; adds from u; adds from your side;
adds yours; your op; ur op; your overpay; ur overpay; you op; u op; you overpay; u overpay;
op your side; op ur side; op from you; op from u; need adds; want adds; lf adds; looking for adds;
they add; he adds; their adds; adds needed; voce adiciona; teus adds; tu agregas; agregas; tus adds;
твоя доплата; ваша доплата; с твоей доплатой; твоей доплатой; с вашей доплатой
""",
    Role.OVERPAY: """
op; overpay; over pay; op only; overpay only; big op; small op; slight op; huge op; good op; some op;
op pls; big overpay; small overpay; slight overpay; nice overpay; overpays; overpaid; only op;
only overpay; sobrepago; sobreprecio;
переплата; с переплатой; только переплата
""",
    Role.UNDERPAY: """
up; underpay; under pay; slight underpay; small underpay; slight up; im underpay;
недоплата
""",
    Role.NOT: """
no; not; dont; without; cant; aint; not for; nt; dont offer; dont offer me; do not offer; not accepting;
not taking; dont accept; dont take; dont want; do not want; dont need; i dont want; i dont need;
not interested in; wont take; not with; not my; sem; sin; nao; nao quero; nao aceito; no quiero;
no acepto; não;
без; не; не нужен; не нужна; не нужно; не надо; кроме;
never; nada de; nao pego; nao quero mais;
nothing under; nothing below; nothing less than
""",
    Role.NOT_LIST: """
nlf; not looking for; not lf; not trading; not trade; dont trade; not selling; not buying; not giving;
wont trade; won't trade; im not trading; i am not trading; not offering; never trading; except;
except for; everything except; anything except; anything but; besides; excluding; other than;
not searching for; exceto; menos; nao troco; nao vendo; nao procuro; excepto; salvo; no cambio;
no vendo; no busco;
не меняю; не продаю; не ищу;
nlf:; not looking for:; not trading:; not selling:; nft:;
aint trading; aint selling; aint giving; wont sell; wont give; dont sell; never selling; cant trade;
cant sell; not giving away; not giving up; refuse to trade; stopped trading; stopped selling; no longer
trading; no longer selling; not trading away; not lf:; no longer lf; no longer looking for; not lookin
for; dont give; dont offer me any; not after; not interested:; exclude; excluded; dont send; dont bother
offering; not taking any; не предлагайте; не предлагать; не нужны; nao ofereca; nao oferecam; no
ofrezcan;
never trade; would never trade; id never trade; never sell; would never sell; sold out of; out of stock
""",
    Role.NOT_FOR_SALE: """
not for sale; not 4 sale; not for trade; not 4 trade; nft; not up for trade; not tradeable
""",
    Role.SOLD: """
sold; traded; just sold; just traded; i sold; i traded; finally traded; finally sold; vendi; troquei;
vendido; vendida; trocado; cambie;
продал; продано; обменял; поменял; обменяно;
swapped; just swapped; i swapped; ended up selling; ended up trading
""",
    Role.BOUGHT: """
bought; just bought; i bought; just got; finally got; comprei; compre;
купил; купила
""",
    Role.DONE: """
done; trade done; done trade; deal done; done deal; all sold; completed; trade complete; closed;
trade completed; trade closed; vouch; +rep; feito; fechado; hecho; cerrado;
готово; сделано; закрыто;
{trade,deal} went through; {trade,deal} was {done,good};
trade finished; finished trade; trade is done; trades done
""",
    Role.STILL: "still; ainda; todavia; aun; еще",
    **QUESTION_PHRASES,
}
"""What phrases mean; the first role that lists a phrase has it."""

ANY_LEADS = "any; any good; qualquer; cualquier; любой; любая; любое; любые"
"""What may stand before a sort of item (``any mythic``); the sorts are the item list's."""
